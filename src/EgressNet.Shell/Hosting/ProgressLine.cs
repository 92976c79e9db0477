using System.Management.Automation;

namespace EgressNet.Shell.Hosting;

internal sealed class ProgressLine
{
    private const string Erase = "\r\e[K";

    private readonly bool _visible = !Console.IsErrorRedirected;
    private bool _shown;

    public void Show(ProgressRecord record)
    {
        if (!_visible)
            return;

        Clear();
        if (record.RecordType is ProgressRecordType.Completed)
            return;

        string percent = record.PercentComplete >= 0 ? $" {record.PercentComplete}%" : "";
        string text = $"{record.Activity}: {record.StatusDescription}{percent}";
        int width = Math.Max(1, Terminal.Width - 1);
        Console.Error.Write(text.Length > width ? text[..width] : text);
        _shown = true;
    }

    public void Clear()
    {
        if (_shown)
            Console.Error.Write(Erase);
        _shown = false;
    }
}
