using System.Management.Automation;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace EgressNet.Bench.Live;

/// <summary>Stands for ConvertFrom-Json, which the engine package lacks: gathers the text, reads it with the same
/// library and hands on objects of note properties, no two names of one alike.</summary>
[Cmdlet(VerbsData.ConvertFrom, "Json")]
public sealed class ConvertFromJsonStandIn : Cmdlet
{
    private static readonly JsonSerializerSettings s_settings = new()
    {
        TypeNameHandling = TypeNameHandling.None,
        MetadataPropertyHandling = MetadataPropertyHandling.Ignore,
        DateTimeZoneHandling = DateTimeZoneHandling.RoundtripKind,
        MaxDepth = 1024,
    };

    private readonly List<string> _lines = [];

    /// <summary>The text, by lines.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    public string InputObject { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => _lines.Add(InputObject);

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        string text = _lines is [string all] ? all : string.Join(Environment.NewLine, _lines);
        WriteObject(ObjectOf(JsonConvert.DeserializeObject(text, s_settings)), enumerateCollection: true);
    }

    private static object? ObjectOf(object? json) => json switch
    {
        JObject properties => ObjectOf(properties),
        JArray array => array.Select(ObjectOf).ToArray(),
        JValue value => value.Value,
        _ => json,
    };

    private static PSObject ObjectOf(JObject properties)
    {
        PSObject result = new(properties.Count);
        HashSet<string> names = new(properties.Count, StringComparer.OrdinalIgnoreCase);
        foreach ((string name, JToken? value) in properties)
        {
            if (!names.Add(name))
            {
                throw new InvalidOperationException($"'{name}' is there twice.");
            }

            result.Properties.Add(new PSNoteProperty(name, ObjectOf((object?)value)));
        }

        return result;
    }
}
