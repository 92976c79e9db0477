using EgressNet.Pester.Model;

namespace EgressNet.Pester.RunnerTests;

public sealed class ScopeTests
{
    [Fact]
    public void Setup_is_seen_below_and_nothing_leaks()
    {
        AllPass("""
            BeforeAll { $file = 'f'; function Get-Word { 'word' } }
            Describe 'a' {
                BeforeAll { $block = 'b' }
                BeforeEach { $each = "$block-each" }
                It 'sees setup' { "$file $block $each $(Get-Word)" | Should -Be 'f b b-each word'; $leak = 1; $block = 'x' }
                It 'starts afresh' { $leak | Should -BeNullOrEmpty; $block | Should -Be 'b' }
                Context 'inner' {
                    BeforeEach { $each = "$each-inner" }
                    It 'runs setups from the outermost' { $each | Should -Be 'b-each-inner' }
                }
            }
            Describe 'b' {
                It 'sees nothing of a' { "$block$each" | Should -BeNullOrEmpty; $file | Should -Be 'f' }
            }
            """);
    }

    [Fact]
    public void Discovery_leaves_no_variables_behind() => AllPass("""
        $top = 1
        Describe 'd' { $inBody = 1; It 'i' { "$top$inBody" | Should -BeNullOrEmpty } }
        """);

    [Fact]
    public void Script_scope_and_place_are_known() => AllPass("""
        BeforeAll { $script:count = 0; $here = $PSScriptRoot }
        Describe 'd' {
            BeforeEach { $script:count++ }
            It 'one' { $count | Should -Be 1; $here | Should -Be $PSScriptRoot; $here | Should -Not -BeNullOrEmpty }
            It 'two' { $count | Should -Be 2 }
        }
        """);

    [Fact]
    public void Teardown_runs_after_a_failure_in_the_scope_of_its_test() => AllBut("fails", """
        BeforeAll { $log = [System.Collections.Generic.List[string]]::new() }
        Describe 'a' {
            AfterEach { $log.Add("each $own") }
            AfterAll { $log.Add('all') }
            It 'fails' { $own = 'mine'; throw 'on purpose' }
        }
        Describe 'b' { It 'has the log' { $log | Should -Be 'each mine', 'all' } }
        """);

    [Fact]
    public void A_failed_BeforeAll_fails_its_cases_and_still_tears_down() => AllBut("never runs", """
        BeforeAll { $log = [System.Collections.Generic.List[string]]::new() }
        Describe 'a' {
            BeforeAll { No-SuchCommand }
            AfterAll { $log.Add('all') }
            It 'never runs' { $log.Add('it'); 1 | Should -Be 1 }
        }
        Describe 'b' { It 'has the log' { $log | Should -Be 'all' } }
        """);

    [Fact]
    public void A_failed_AfterAll_is_a_problem()
    {
        SpecResult result = Inline.Run("Describe 'd' { AfterAll { throw 'left over' }; It 'i' { 1 | Should -Be 1 } }");
        Assert.Contains("left over", Assert.Single(result.Problems));
    }

    [Fact]
    public void A_skipped_block_runs_no_setup()
    {
        SpecResult result = Inline.Run("Describe 'd' -Skip { BeforeAll { throw }; It 'i' { } }");
        Assert.Empty(result.Problems);
        Assert.Equal(Verdict.Skipped, result.Cases["d / i"]!.Verdict);
    }

    [Fact]
    public void Exit_ends_the_run_with_failures()
    {
        SpecResult result = Inline.Run("Describe 'd' { It 'a' { exit 0 }; It 'b' { 1 | Should -Be 1 } }");
        Assert.All(result.Cases.Values, outcome => Assert.Equal(Verdict.Failed, outcome!.Verdict));
    }

    private static void AllPass(string text) => AllBut(null, text);

    private static void AllBut(string? failing, string text)
    {
        SpecResult result = Inline.Run(text);
        Assert.Empty(result.Problems);
        foreach ((string name, Outcome? outcome) in result.Cases)
        {
            bool passes = failing is null || !name.EndsWith(failing);
            Assert.True(outcome!.Verdict == (passes ? Verdict.Passed : Verdict.Failed), $"{name}: {outcome.Text}");
        }
    }
}
