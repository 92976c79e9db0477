using CliWrap;
using CliWrap.Buffered;

namespace EgressNet.Shell.Tests;

public sealed class ArgumentTests
{
    private const string Parameters = """
        param([string] $Name, [switch] $On, $List, [Parameter(ValueFromRemainingArguments)] $Rest)
        "name=$Name on=$On list=$List kind=$($List.GetType().Name) rest=$($Rest -join '|')"
        """;

    [Fact]
    public async Task Named_positional_switches_and_lists_arrive_as_pwsh_passes_them()
    {
        using ScriptFile script = new(Parameters);
        BufferedCommandResult result = await Shell.Run(script.Path, "-Name", "n", "-On", "-List", "a,b", "c", "d e");
        Assert.Equal("name=n on=True list=a,b kind=String rest=c|d e", result.StandardOutput.Trim());
    }

    [Fact]
    public async Task A_switch_can_be_turned_off()
    {
        using ScriptFile script = new("param([switch] $On = $true) \"on=$On\"");
        BufferedCommandResult result = await Shell.Run(script.Path, "-On:$false");
        Assert.Equal("on=False", result.StandardOutput.Trim());
    }

    [Fact]
    public async Task A_script_knows_where_it_lies()
    {
        using ScriptFile script = new("$PSScriptRoot; $PSCommandPath; $MyInvocation.MyCommand.Path");
        BufferedCommandResult result = await Shell.Run(script.Path);
        Assert.Equal([script.Folder, script.Path, script.Path], result.StandardOutput.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_script_is_read_from_standard_input()
    {
        BufferedCommandResult result = await Shell.Run(
            PipeSource.FromString("param($Word)\n\"word=$Word\"\nexit 5") | Shell.Command("-", "-Word", "w"));
        Assert.Equal("word=w", result.StandardOutput.Trim());
        Assert.Equal(5, result.ExitCode);
    }

    [Fact]
    public async Task Redirected_input_alone_is_a_script()
    {
        BufferedCommandResult result = await Shell.Run(PipeSource.FromString("1 + 1") | Shell.Command());
        Assert.Equal("2", result.StandardOutput.Trim());
    }

    [Fact]
    public async Task A_missing_file_is_wrong_usage()
    {
        BufferedCommandResult result = await Shell.Run("/nowhere/none.ps1");
        Assert.Equal(64, result.ExitCode);
        Assert.Contains("'/nowhere/none.ps1' does not exist", result.StandardError);
    }

    [Fact]
    public async Task An_unknown_option_is_wrong_usage()
    {
        BufferedCommandResult result = await Shell.Run("-Nonsense");
        Assert.Equal(64, result.ExitCode);
        Assert.Contains("-Nonsense", result.StandardError);
    }

    [Fact]
    public async Task Help_tells_the_usage()
    {
        BufferedCommandResult result = await Shell.Run("--help");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("-Command text", result.StandardOutput);
    }
}
