using System.Collections;
using System.Management.Automation;

namespace EgressNet.Pester.Model;

/// <summary>An item of -ForEach and the variables it stands for.</summary>
internal sealed class SpecData
{
    public static SpecData None { get; } = new([]);

    private SpecData(List<PSVariable> variables) => Variables = variables;

    public List<PSVariable> Variables { get; }

    public static SpecData From(object? item)
    {
        List<PSVariable> variables = [new("_", item)];
        object? value = item is PSObject wrapped ? wrapped.BaseObject : item;
        if (value is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
                variables.Add(new PSVariable(entry.Key.ToString()!, entry.Value));
        }

        return new SpecData(variables);
    }
}
