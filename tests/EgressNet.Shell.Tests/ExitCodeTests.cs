using CliWrap.Buffered;

namespace EgressNet.Shell.Tests;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("exit 0", 0)]
    [InlineData("throw 'hard'", 1)]
    [InlineData("No-SuchCommand; 'went on'", 0)]
    [InlineData("& sh -c 'exit 7'", 0)]
    [InlineData("function f { exit 4 }; f", 4)]
    public async Task A_file_exits_as_it_says(string text, int code)
    {
        using ScriptFile script = new(text);
        Assert.Equal(code, (await Shell.Run(script.Path)).ExitCode);
    }

    [Theory]
    [InlineData("exit 3", 3)]
    [InlineData("'fine'", 0)]
    [InlineData("throw 'hard'", 1)]
    [InlineData("No-SuchCommand", 1)]
    [InlineData("No-SuchCommand; 'went on'", 0)]
    public async Task Text_exits_as_its_last_command(string text, int code) =>
        Assert.Equal(code, (await Shell.RunText(text)).ExitCode);

    [Fact]
    public async Task An_uncaught_error_is_shown_with_its_place()
    {
        using ScriptFile script = new("'before'\nthrow 'hard'");
        BufferedCommandResult result = await Shell.Run(script.Path);
        Assert.Equal("before", result.StandardOutput.Trim());
        Assert.Contains($"{script.Path}:2", result.StandardError);
        Assert.Contains("hard", result.StandardError);
    }

    [Fact]
    public async Task A_parse_error_is_shown_with_its_place()
    {
        using ScriptFile script = new("'before'\nif (\n");
        BufferedCommandResult result = await Shell.Run(script.Path);
        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.StandardOutput.Trim());
        Assert.Contains($"{script.Path}:2", result.StandardError);
    }
}
