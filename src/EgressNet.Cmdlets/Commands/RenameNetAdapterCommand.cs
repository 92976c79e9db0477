using EgressNet.Arguments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Links;
using EgressNet.Netlink.Links;
using EgressNet.Transformations;

namespace EgressNet.Commands;

/// <summary>Gives interfaces another name.</summary>
[Cmdlet(
    VerbsCommon.Rename,
    "NetAdapter",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ParameterSet.ByInputObject,
    HelpUri = DocumentationLink.Root + "Rename-NetAdapter.md")]
[OutputType(typeof(NetAdapter))]
public sealed class RenameNetAdapterCommand : NetAdapterChangeBase
{
    [Parameter(Mandatory = true, Position = 1)]
    [TextArgument]
    [ValidateInterfaceName]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string NewName { get; set; } = "";

    private protected override string Action => $"Rename interface to {NewName}";

    private protected override void ThrowIfImpossible(Link link)
    {
        if (Session.Connection.Links.Find(NewName) is { } other && other.Index != link.Index)
        {
            throw new ErrorRecordException($"Interface '{NewName}' already exists{InNamespace}."
                .ToError(ErrorId.InterfaceAlreadyExists, ErrorCategory.ResourceExists, NewName));
        }
    }

    private protected override Link Change(LinkSetting adapters, Link link) =>
        adapters.Set(link, new LinkChange { Name = NewName });
}
