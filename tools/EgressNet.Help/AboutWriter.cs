using System.Text;

namespace EgressNet.Help;

/// <summary>Writes an about page as the plain text that Get-Help shows.</summary>
public static class AboutWriter
{
    private const int Width = 76;

    /// <summary>Writes a page.</summary>
    /// <param name="sections">Its sections; the first is the title.</param>
    /// <returns>The text.</returns>
    public static string Write(IReadOnlyList<Section> sections)
    {
        StringBuilder text = new($"TOPIC\n    {sections[0].Title}\n\nSHORT DESCRIPTION\n");
        string[] lead = [.. sections[0].Blocks.Select(block => Markdown.Plain(block.Text))];
        AddWrapped(text, lead[0], "    ", "    ");
        if (lead.Length > 1)
        {
            text.Append("\nLONG DESCRIPTION\n");
            AddBlocks(text, sections[0].Blocks.Skip(1));
        }

        foreach (Section section in sections.Skip(1))
        {
            text.Append($"\n{section.Title.ToUpperInvariant()}\n");
            AddBlocks(text, section.Blocks);
        }

        return text.ToString();
    }

    private static void AddBlocks(StringBuilder text, IEnumerable<Block> blocks)
    {
        Block? last = null;
        Block[] all = [.. blocks];
        foreach (Block block in all.Where((_, i) => !Markdown.IsTableHead(all, i)))
        {
            if (last is not null && (block.Kind != BlockKind.Item || last.Kind != BlockKind.Item))
            {
                text.Append('\n');
            }

            Add(text, block);
            last = block;
        }
    }

    private static void Add(StringBuilder text, Block block)
    {
        switch (block.Kind)
        {
            case BlockKind.Fence:
                text.Append($"        {block.Text.Replace("\n", "\n        ")}\n");
                break;
            case BlockKind.Row:
                string[] cells = Markdown.Plain(block.Text).Trim('|').Split('|', StringSplitOptions.TrimEntries);
                text.Append($"    {cells[0]}\n");
                AddWrapped(text, $"{string.Join(". ", cells[1..])}.", "        ", "        ");
                break;
            case BlockKind.Item:
                AddWrapped(text, Markdown.Plain(block.Text), "    ", "      ");
                break;
            default:
                AddWrapped(text, Markdown.Plain(block.Text), "    ", "    ");
                break;
        }
    }

    private static void AddWrapped(StringBuilder text, string words, string first, string next)
    {
        StringBuilder line = new(first);
        bool empty = true;
        foreach (string word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(next);
                empty = true;
            }

            line.Append(empty ? "" : " ").Append(word);
            empty = false;
        }

        text.Append(line).Append('\n');
    }
}
