namespace EgressNet.Help;

/// <summary>Reads the page of a cmdlet. All pages have the same sections in the same order.</summary>
public static class PageReader
{
    private static readonly string[] s_sections =
    [
        "Syntax", "Description", "Parameters", "Inputs", "Outputs", "Errors", "Examples", "Links",
    ];

    /// <summary>Reads a page.</summary>
    /// <param name="text">Markdown.</param>
    /// <returns>The page.</returns>
    public static Page Read(string text)
    {
        IReadOnlyList<Section> sections = Markdown.Read(text);
        string name = sections[0].Title;
        string[] titles = [.. sections.Where(section => section.Level == 2).Select(section => section.Title)];
        if (!titles.SequenceEqual(s_sections))
        {
            throw new FormatException($"{name}: the sections are {string.Join(", ", titles)}.");
        }

        return new Page(
            name,
            Texts(sections[0]).First(),
            [.. Below(sections, "Syntax").SelectMany(section => section.Blocks).Select(block => block.Text)],
            [.. Below(sections, "Description").SelectMany(ReadDescription)],
            [.. Below(sections, "Parameters").Skip(1).Select(ReadParameter)],
            [.. Below(sections, "Inputs").Skip(1).Select(ReadType)],
            [.. Below(sections, "Outputs").Skip(1).Select(ReadType)],
            [.. Below(sections, "Errors").SelectMany(section => section.Blocks).Skip(2).Select(ReadError)],
            [.. Below(sections, "Examples").Skip(1).Select(ReadExample)],
            [.. Below(sections, "Links").SelectMany(Texts).Select(link => link[2..])]);
    }

    private static IEnumerable<Section> Below(IEnumerable<Section> sections, string title)
    {
        bool inside = false;
        foreach (Section section in sections)
        {
            inside = section.Level == 2 ? section.Title == title : inside;
            if (inside)
            {
                yield return section;
            }
        }
    }

    private static IEnumerable<string> Texts(Section section) =>
        section.Blocks.Select(block => Markdown.Plain(block.Text));

    private static IEnumerable<string> ReadDescription(Section section) => section.Blocks
        .Where((_, at) => !Markdown.IsTableHead(section.Blocks, at))
        .Select(block => block.Kind == BlockKind.Row
            ? string.Join(": ", Cells(block))
            : Markdown.Plain(block.Text));

    private static string[] Cells(Block row) =>
        Markdown.Plain(row.Text).Trim('|').Split('|', StringSplitOptions.TrimEntries);

    private static string TextWithout(Section section, BlockKind kind) =>
        string.Join(' ', section.Blocks.Where(block => block.Kind != kind)
            .Select(block => Markdown.Plain(block.Text)));

    private static (string Type, string Text) ReadType(Section section) =>
        (section.Title, string.Join(' ', Texts(section)));

    private static PageParameter ReadParameter(Section section) => new(
        section.Title.TrimStart('-'),
        TextWithout(section, BlockKind.Item),
        section.Blocks
            .Where(block => block.Kind == BlockKind.Item)
            .Select(block => Markdown.Plain(block.Text)[2..].Split(": ", 2))
            .ToDictionary(fact => fact[0], fact => fact[1]));

    private static (string Id, string Category, string Meaning) ReadError(Block row)
    {
        string[] cells = Cells(row);
        return (cells[0], cells[1], cells[2]);
    }

    private static PageExample ReadExample(Section section)
    {
        Block[] fences = [.. section.Blocks.Where(block => block.Kind == BlockKind.Fence)];
        return new PageExample(
            section.Title,
            TextWithout(section, BlockKind.Fence),
            fences[0].Text,
            fences.ElementAtOrDefault(1)?.Text ?? "");
    }
}
