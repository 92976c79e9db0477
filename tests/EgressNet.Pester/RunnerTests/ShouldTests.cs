using EgressNet.Pester.Model;

namespace EgressNet.Pester.RunnerTests;

public sealed class ShouldTests
{
    [Theory]
    [InlineData("1 | Should -Be 1")]
    [InlineData("'1' | Should -Be 1")]
    [InlineData("'a' | Should -Be 'A'")]
    [InlineData("'a' | Should -Not -BeExactly 'A'")]
    [InlineData("1, 2 | Should -Be 1, 2")]
    [InlineData("1, 2 | Should -Not -Be 2, 1")]
    [InlineData("$null | Should -Be $null")]
    [InlineData("@() | Should -BeNullOrEmpty")]
    [InlineData("@{} | Should -BeNullOrEmpty")]
    [InlineData("'' | Should -BeNullOrEmpty")]
    [InlineData("0 | Should -Not -BeNullOrEmpty")]
    [InlineData("$true | Should -BeTrue")]
    [InlineData("'' | Should -BeFalse")]
    [InlineData("'abc' | Should -Match '^A'")]
    [InlineData("'abc' | Should -Not -MatchExactly '^A'")]
    [InlineData("'abc' | Should -BeLike 'A*'")]
    [InlineData("1, 2, 3 | Should -Contain 2")]
    [InlineData("1, 2, 3 | Should -Not -Contain 4 -Because 'it is short'")]
    [InlineData("1, 2, 3 | Should -HaveCount 3")]
    [InlineData("@() | Should -HaveCount 0")]
    [InlineData("2 | Should -BeIn 1, 2")]
    [InlineData("2 | Should -BeGreaterThan 1")]
    [InlineData("2 | Should -BeLessThan 3")]
    [InlineData("2 | Should -BeGreaterOrEqual 2")]
    [InlineData("2 | Should -BeLessOrEqual 2")]
    [InlineData("2 | Should -Not -BeGreaterThan 2")]
    [InlineData("2 | Should -BeOfType [int]")]
    [InlineData("2 | Should -BeOfType ([int])")]
    [InlineData("2 | Should -BeOfType System.Int32")]
    [InlineData("{ throw 'oops' } | Should -Throw")]
    [InlineData("{ throw 'oops' } | Should -Throw 'oo*'")]
    [InlineData("{ throw 'oops' } | Should -Throw -ExpectedMessage 'oops' -ErrorId 'oops'")]
    [InlineData("{ No-Such } | Should -Throw -ErrorId CommandNotFoundException")]
    [InlineData("({ throw 'oops' } | Should -Throw -PassThru).Exception.Message | Should -Be 'oops'")]
    [InlineData("{ 1 } | Should -Not -Throw")]
    [InlineData("$x = 3; { if ($x -eq 3) { throw 'seen' } } | Should -Throw seen")]
    [InlineData("Should -ActualValue 1, 2 -HaveCount 2")]
    public void Holds(string body) => Assert.Equal(Outcome.Passed, Inline.RunCase(body));

    [Theory]
    [InlineData("1 | Should -Be 2", "Expected 1 to Be 2.")]
    [InlineData("1 | Should -Be 2 -Because 'why'", "Expected 1 to Be 2, because why.")]
    [InlineData("1, 2 | Should -BeLessThan 2", "Expected 2 to BeLessThan 2.")]
    [InlineData("'a' | Should -Not -BeNullOrEmpty; $null | Should -Not -BeNullOrEmpty", "not to BeNullOrEmpty")]
    [InlineData("{ 1 } | Should -Throw", "no exception was thrown")]
    [InlineData("{ throw 'a' } | Should -Throw -ExpectedMessage b", "the message was 'a'")]
    [InlineData("{ throw 'a' } | Should -Throw -ErrorId b", "the FullyQualifiedErrorId was 'a'")]
    [InlineData("{ throw 'a' } | Should -Not -Throw", "Expected no exception")]
    [InlineData("1 | Should -Throw", "not a ScriptBlock")]
    public void Fails(string body, string text)
    {
        Outcome outcome = Inline.RunCase(body);
        Assert.Equal(Verdict.Failed, outcome.Verdict);
        Assert.Contains(text, outcome.Text);
    }

    [Theory]
    [InlineData("1 | Should -BeSquare 2", "BeSquare")]
    [InlineData("1 | Should -Be 1 -Loudly", "Loudly")]
    [InlineData("1 | Should", "Parameter set")]
    [InlineData("1 | Should Be 1", "")]
    [InlineData("Mock Get-Thing { }", "Mock")]
    [InlineData("Set-ItResult -Inconclusive", "Inconclusive")]
    [InlineData("No-SuchThing; 1 | Should -Be 1", "No-SuchThing")]
    [InlineData("It 'inner' { }", "inside It")]
    [InlineData("1 + 1", "asserted nothing")]
    public void Refuses_what_it_does_not_know(string body, string text)
    {
        Outcome outcome = Inline.RunCase(body);
        Assert.Equal(Verdict.Failed, outcome.Verdict);
        Assert.Contains(text, outcome.Text);
    }
}
