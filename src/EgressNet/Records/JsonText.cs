using System.Globalization;
using System.Text;

namespace EgressNet.Records;

/// <summary>JSON while it is written, a value a line. The first use of the framework's writer would take a session longer
/// than all else about a record.</summary>
internal sealed class JsonText
{
    private readonly StringBuilder _text = new();
    private string _break = "\n";
    private bool _isFirst = true;

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());

    public void Begin(char bracket, string? member = null)
    {
        Next(member);
        _text.Append(bracket);
        _break += "  ";
        _isFirst = true;
    }

    public void End(char bracket)
    {
        _break = _break[..^2];
        _text.Append(_isFirst ? "" : _break).Append(bracket);
        _isFirst = false;
    }

    public void Add(string? member, string text)
    {
        Next(member);
        Quote(text);
    }

    public void Add(string member, ulong number)
    {
        Next(member);
        _text.Append(number.ToString(CultureInfo.InvariantCulture));
    }

    public void Add(string member, int? number)
    {
        if (number is { } known)
        {
            Next(member);
            _text.Append(known.ToString(CultureInfo.InvariantCulture));
        }
    }

    public void Add<T>(string member, IEnumerable<T> items) where T : notnull
    {
        Begin('[', member);
        foreach (T item in items)
        {
            Add(null, item.ToString()!);
        }

        End(']');
    }

    private void Next(string? member)
    {
        _text.Append(_isFirst ? "" : ",").Append(_text.Length == 0 ? "" : _break);
        _isFirst = false;
        if (member is not null)
        {
            Quote(member);
            _text.Append(": ");
        }
    }

    private void Quote(string text)
    {
        _text.Append('"');
        foreach (char letter in text)
        {
            if (letter is '"' or '\\' or < ' ')
            {
                _text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                _text.Append(letter);
            }
        }

        _text.Append('"');
    }
}
