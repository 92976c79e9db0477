using System.Text.RegularExpressions;

namespace EgressNet.Help;

/// <summary>What a block of a page is.</summary>
public enum BlockKind
{
    /// <summary>Running text.</summary>
    Paragraph,

    /// <summary>An item of a list, with its mark.</summary>
    Item,

    /// <summary>A row of a table, its cells between bars.</summary>
    Row,

    /// <summary>Text between fences, as it stands.</summary>
    Fence,
}

/// <summary>A piece of a page.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text.</param>
public sealed record Block(BlockKind Kind, string Text);

/// <summary>A heading, with what stands below it before the next one.</summary>
/// <param name="Level">1 to 3.</param>
/// <param name="Title">The heading.</param>
/// <param name="Blocks">What stands below it.</param>
public sealed record Section(int Level, string Title, List<Block> Blocks);

/// <summary>The little Markdown that the pages are written in.</summary>
public static partial class Markdown
{
    /// <summary>Splits a page.</summary>
    /// <param name="text">The page.</param>
    /// <returns>Its sections in order.</returns>
    public static IReadOnlyList<Section> Read(string text)
    {
        List<Section> sections = [];
        List<string>? fence = null;
        bool open = false;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (fence is not null && line != "```")
            {
                fence.Add(line);
            }
            else if (fence is not null)
            {
                sections[^1].Blocks.Add(new Block(BlockKind.Fence, string.Join('\n', fence)));
                fence = null;
            }
            else if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fence = [];
                open = false;
            }
            else if (HeadingPattern().Match(line) is { Success: true } heading)
            {
                sections.Add(new Section(heading.Groups[1].Length, Plain(heading.Groups[2].Value), []));
                open = false;
            }
            else
            {
                open = Add(sections[^1].Blocks, line, open);
            }
        }

        return sections;
    }

    /// <summary>Takes the marks out of a line of text.</summary>
    /// <param name="text">Markdown.</param>
    /// <returns>Plain text.</returns>
    public static string Plain(string text) => LinkPattern().Replace(text, "$1").Replace("`", "");

    /// <summary>Whether a block is the head of a table or the line below it.</summary>
    /// <param name="blocks">The blocks of a section.</param>
    /// <param name="at">Which of them.</param>
    /// <returns>True for both.</returns>
    public static bool IsTableHead(IReadOnlyList<Block> blocks, int at) =>
        IsRule(blocks[at]) || (at + 1 < blocks.Count && IsRule(blocks[at + 1]));

    private static bool IsRule(Block block) =>
        block.Kind == BlockKind.Row && block.Text.All(letter => letter is '|' or '-' or ' ');

    private static bool Add(List<Block> blocks, string line, bool open)
    {
        if (line.Length == 0)
        {
            return false;
        }

        BlockKind kind = line.StartsWith('|') ? BlockKind.Row
            : ItemPattern().IsMatch(line) ? BlockKind.Item
            : BlockKind.Paragraph;
        if (open && kind == BlockKind.Paragraph)
        {
            blocks[^1] = blocks[^1] with { Text = $"{blocks[^1].Text} {line.Trim()}" };
        }
        else
        {
            blocks.Add(new Block(kind, line));
        }

        return kind != BlockKind.Row;
    }

    [GeneratedRegex("^(#{1,3}) (.+)$")]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"^(-|\d+\.) ")]
    private static partial Regex ItemPattern();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex LinkPattern();
}
