using CliWrap;
using CliWrap.Buffered;

namespace EgressNet.Shell.Tests;

public sealed class StreamTests
{
    private const string Speaker = """
        function Speak {
            [CmdletBinding(SupportsShouldProcess)] param()
            $PSCmdlet.WriteWarning('w')
            $PSCmdlet.WriteVerbose('v')
            $PSCmdlet.WriteDebug('d')
            $PSCmdlet.WriteProgress([System.Management.Automation.ProgressRecord]::new(1, 'busy', 'half'))
            if ($PSCmdlet.ShouldProcess('thing', 'paint')) { 'painted' }
        }

        """;

    [Fact]
    public async Task Messages_go_to_standard_error_and_output_to_standard_output()
    {
        BufferedCommandResult result = await Shell.RunText(Speaker + "$DebugPreference = 'Continue'; Speak -Verbose");
        Assert.Equal("painted", result.StandardOutput.Trim());
        Assert.Equal(["WARNING: w", "VERBOSE: v", "DEBUG: d"], Lines(result.StandardError)[..3]);
        Assert.DoesNotContain("busy", result.StandardError);
    }

    [Fact]
    public async Task Messages_that_nobody_asked_for_stay_away()
    {
        BufferedCommandResult result = await Shell.RunText(Speaker + "Speak");
        Assert.Equal("WARNING: w", result.StandardError.Trim());
    }

    [Fact]
    public async Task What_if_is_printed()
    {
        BufferedCommandResult result = await Shell.RunText(Speaker + "Speak -WhatIf");
        Assert.Equal("What if: Performing the operation \"paint\" on target \"thing\".", result.StandardOutput.Trim());
    }

    [Fact]
    public async Task A_question_without_a_terminal_is_an_error_that_says_so()
    {
        BufferedCommandResult result = await Shell.Run(
            PipeSource.FromString("") | Shell.Command("-Command", Speaker + "Speak -Confirm"));
        Assert.Empty(result.StandardOutput.Trim());
        Assert.Contains("standard input is not a terminal", result.StandardError);
    }

    [Fact]
    public async Task Objects_are_formatted_and_uncoloured_when_redirected()
    {
        BufferedCommandResult result = await Shell.RunText("[pscustomobject] @{ Colour = 'red'; Size = 3 }");
        Assert.Equal(["Colour Size", "------ ----", "red       3"], Lines(result.StandardOutput));
    }

    [Fact]
    public async Task The_built_module_is_loaded()
    {
        BufferedCommandResult result = await Shell.RunText("Import-Module EgressNet; (Get-Module EgressNet).ModuleBase");
        Assert.Equal("module/EgressNet", Path.GetRelativePath(Artifacts, result.StandardOutput.Trim()));
    }

    private static string Artifacts => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Shell.Assembly)!, "../../.."));

    private static string[] Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
