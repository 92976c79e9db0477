using EgressNet.Pester.Model;

namespace EgressNet.Pester.RunnerTests;

public sealed class StructureTests
{
    [Theory]
    [InlineData("Mock Get-Thing { }")]
    [InlineData("Describe 'd' { InModuleScope X { } }")]
    [InlineData("Describe 'd' -Focus { It 'i' { } }")]
    [InlineData("Describe 'd' { It 'i' -ForEach @() { } }")]
    [InlineData("It 'outside' { }")]
    [InlineData("Describe 'd' { BeforeAll { }; BeforeAll { } }")]
    [InlineData("Describe 'd' { throw 'discovery' }")]
    [InlineData("if (")]
    public void A_file_that_does_not_load_is_a_problem(string text) => Assert.NotEmpty(Inline.Run(text).Problems);

    [Fact]
    public void Names_are_joined_and_filled()
    {
        SpecResult result = Inline.Run("""
            Describe 'outer <key>' -ForEach @{ key = 'k1' }, @{ key = 'k2' } {
                Context 'inner' {
                    It '<key> has <_.Length> of <unknown>' -ForEach 'ab' { "$key$_" | Should -BeLike 'k?ab' }
                }
            }
            """);
        Assert.Equal(
            ["outer k1 / inner / k1 has 2 of <unknown>", "outer k2 / inner / k2 has 2 of <unknown>"], result.Cases.Keys);
        Assert.All(result.Cases.Values, outcome => Assert.Equal(Outcome.Passed, outcome));
    }

    [Fact]
    public void Data_of_BeforeDiscovery_makes_cases()
    {
        SpecResult result = Inline.Run("""
            BeforeDiscovery { $items = @(@{ n = 1 }, @{ n = 2 }); $skip = $true }
            Describe 'd' {
                It 'is <n>' -ForEach $items { $n | Should -BeIn 1, 2 }
                It 'is skipped' -Skip:$skip { throw }
            }
            """);
        Assert.Equal(["d / is 1", "d / is 2", "d / is skipped"], result.Cases.Keys);
        Assert.Equal([Verdict.Passed, Verdict.Passed, Verdict.Skipped], result.Cases.Values.Select(o => o!.Verdict));
    }

    [Fact]
    public void A_skip_carries_its_reason() =>
        Assert.Equal(Outcome.Skipped("needs root"), Inline.RunCase("Set-ItResult -Skipped -Because 'needs root'; throw"));

    [Fact]
    public void A_failure_names_its_line()
    {
        SpecResult result = Inline.Run("Describe 'd' {\n It 'i' {\n  1 | Should -Be 2\n }\n}");
        Assert.Contains("Inline.Tests.ps1: line 3", result.Cases["d / i"]!.Text);
    }

    [Fact]
    public void Two_cases_of_one_name_are_both_kept() =>
        Assert.Equal(["d / i", "d / i (2)"], Inline.Run("Describe 'd' { It 'i' { }; It 'i' { } }").Cases.Keys);
}
