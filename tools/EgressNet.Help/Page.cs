namespace EgressNet.Help;

/// <summary>The page of a cmdlet.</summary>
/// <param name="Name">The cmdlet.</param>
/// <param name="Synopsis">One sentence.</param>
/// <param name="Syntax">A line for each parameter set.</param>
/// <param name="Description">Paragraphs.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Inputs">Types that it takes from the pipeline.</param>
/// <param name="Outputs">Types that it emits.</param>
/// <param name="Errors">Its errors: id, category and meaning.</param>
/// <param name="Examples">Its examples.</param>
/// <param name="Links">Related pages.</param>
public sealed record Page(
    string Name,
    string Synopsis,
    IReadOnlyList<string> Syntax,
    IReadOnlyList<string> Description,
    IReadOnlyList<PageParameter> Parameters,
    IReadOnlyList<(string Type, string Text)> Inputs,
    IReadOnlyList<(string Type, string Text)> Outputs,
    IReadOnlyList<(string Id, string Category, string Meaning)> Errors,
    IReadOnlyList<PageExample> Examples,
    IReadOnlyList<string> Links);

/// <summary>A parameter on a page.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What it means.</param>
/// <param name="Facts">Type, Parameter sets, Required, Position, Pipeline, Wildcards, Default and Aliases.</param>
public sealed record PageParameter(string Name, string Text, IReadOnlyDictionary<string, string> Facts);

/// <summary>An example on a page.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Remarks">What to notice; may be empty.</param>
/// <param name="Code">The script.</param>
/// <param name="Output">What it printed.</param>
public sealed record PageExample(string Title, string Remarks, string Code, string Output);
