using System.Management.Automation.Host;

namespace EgressNet.Shell.Hosting;

internal sealed class ShellRawInterface : PSHostRawUserInterface
{
    private const int Height = 50;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Size BufferSize
    {
        get => new(Terminal.Width, Height);
        set => throw Unsupported();
    }

    public override Size WindowSize
    {
        get => BufferSize;
        set => throw Unsupported();
    }

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Size MaxWindowSize => BufferSize;

    public override Coordinates CursorPosition { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override int CursorSize { get; set; } = 1;

    public override string WindowTitle { get; set; } = "EgressNet.Shell";

    public override bool KeyAvailable => throw Unsupported();

    public override void FlushInputBuffer()
    {
    }

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw Unsupported();

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw Unsupported();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw Unsupported();

    private static NotSupportedException Unsupported() => new("This host gives no access to the screen or to single keys.");
}
