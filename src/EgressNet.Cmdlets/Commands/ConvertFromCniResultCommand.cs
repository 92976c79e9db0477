using System.Text;
using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Cni;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Netlink.Files;
using EgressNet.Netlink.Inet;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Reads the addresses of a CNI result, as an IPAM plugin prints it.</summary>
[Cmdlet(
    VerbsData.ConvertFrom,
    "CniResult",
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "ConvertFrom-CniResult.md")]
[OutputType(typeof(CniIPAddress))]
public sealed class ConvertFromCniResultCommand : EgressCommandBase
{
    private readonly List<string> _lines = [];

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ParameterSet.ByPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LiteralPath")]
    [ValidateNotNullOrEmpty]
    [TextArgument]
    public string Path { get; set; } = "";

    [Parameter(Mandatory = true, ParameterSetName = ParameterSet.ByInputObject, ValueFromPipeline = true)]
    [AllowEmptyString]
    [TextArgument]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string InputObject { get; set; } = "";

    private protected override Subject Subject => Subject.Address;

    protected override void ProcessRecord()
    {
        if (ParameterSetName == ParameterSet.ByInputObject)
        {
            _lines.Add(InputObject);
            return;
        }

        Attempt(Path, () => Write(ReadFile(), Path));
    }

    protected override void EndProcessing()
    {
        if (_lines.Count > 0)
        {
            string json = string.Join('\n', _lines);
            Attempt(json, () => Write(json, nameof(InputObject)));
        }
    }

    private string ReadFile()
    {
        string file = GetUnresolvedProviderPathFromPSPath(Path);
        try
        {
            // A pipe that nobody writes to keeps open(2) and read(2) waiting, and they cannot be called off.
            Task<byte[]> reading = Task.Factory.StartNew(
                () => SharedFile.ReadAllBytes(file), StopToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Task.WaitAny([reading], StopToken);
            byte[] bytes = reading.GetAwaiter().GetResult();
            using StreamReader reader = new(new MemoryStream(bytes), EncodingOf(bytes));
            return reader.ReadToEnd();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ErrorRecordException($"Path '{Path}' cannot be read: {fault.Message}"
                .ToError(ErrorId.CniResultUnreadable, ErrorCategory.ReadError, Path));
        }
    }

    // Without a byte order mark: JSON begins with two ASCII characters (RFC 4627, section 3).
    private static Encoding EncodingOf(byte[] bytes) => bytes switch
    {
        [0, not 0, ..] => Encoding.BigEndianUnicode,
        [not 0, 0, ..] => Encoding.Unicode,
        _ => Encoding.UTF8,
    };

    private void Write(string json, string source)
    {
        CniResult result;
        try
        {
            result = CniResult.Parse(json);
        }
        catch (CniFormatException fault)
        {
            throw new ErrorRecordException(new ErrorRecord(
                new CniFormatException($"{source}: {fault.Message}", fault),
                ErrorId.InvalidCniResult,
                ErrorCategory.InvalidData,
                source));
        }

        HashSet<AddressFamily> seen = [];
        foreach (CniAddress address in result.Addresses)
        {
            bool first = seen.Add(address.Address.Family);
            WriteObject(new CniIPAddress(
                address, first ? result.Routes : [], result.GatewayOf(address.Address.Family)));
        }
    }
}
