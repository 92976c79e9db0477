using System.Management.Automation;
using EgressNet.Arguments;
using EgressNet.Attachments;
using EgressNet.Bases;
using EgressNet.Changes;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Nat;
using EgressNet.Netlink.Namespaces;
using EgressNet.Netlink.Transport;
using EgressNet.Transformations;
using EgressNet.Veths;

namespace EgressNet.Commands;

/// <summary>Creates a veth pair between the caller's namespace and a container's.</summary>
[Cmdlet(
    VerbsCommon.New,
    "EgressVeth",
    SupportsShouldProcess = true,
    HelpUri = DocumentationLink.Root + "New-EgressVeth.md")]
[OutputType(typeof(EgressVeth))]
public sealed class NewEgressVethCommand : ContainerInterfaceBase
{
    /// <summary>The name of the container's end.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [TextArgument]
    [Alias("IfName", "ContainerInterface")]
    [ValidateInterfaceName]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Name { get; set; } = "";

    /// <summary>The container's id: the host's end then gets the name and the alias by which the container's egress is
    /// found.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [TextArgument]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public string? ContainerId { get; set; }

    private protected override Subject Subject => Subject.Interface;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Attempt(Name, () =>
    {
        AttachmentId? id = ContainerId is null ? null : new AttachmentId(Network, ContainerId, Name);
        if (id is not null)
        {
            AttachmentRules.ThrowIfInvalid(id);
        }

        string target = $"{Name} in {NetNamespace} <-> {HostInterface ?? id?.HostInterface ?? "veth*"}";
        Foresee(() => Make(NetNamespace!, id, (factory, request, _, _) => factory.ThrowIfTaken(request)));
        if (ShouldProcess(target, "Create veth pair"))
        {
            Make(NetNamespace!, id, (factory, request, host, container) => WriteObject(new EgressVeth(
                factory.Create(request),
                new NamespaceOrigin(null, host.Connection),
                new NamespaceOrigin(NetNamespace, container.Connection))));
        }
    });

    private void Make(
        NamespaceReference reference,
        AttachmentId? id,
        Action<VethFactory, VethRequest, Conversation, Conversation> work)
    {
        using NetNamespaceHandle held = reference.Open();
        NamespaceReference ns = NamespaceReference.FromHandle(held);
        using Conversation container = new(() => NetlinkConnection.Open(ns));
        using Conversation host = new(() => NetlinkConnection.Open());
        VethFactory factory = new(host, container, report: WriteVerbose, cancellationToken: StopToken);
        VethRequest request = new()
        {
            Namespace = ns,
            Name = Name,
            HostName = HostInterface ?? id?.HostInterface,
            HostAlias = id?.Alias,
            HostAlternativeName = id?.AlternativeName,
            HostGroup = id is null ? null : EgressGroup.Of(EgressIsolation.None),
            Mtu = Mtu == 0 ? null : (uint)Mtu,
            MacAddress = MacAddress,
            HostMacAddress = HostMacAddress,
            Replace = Force,
        };
        work(factory, request, host, container);
    }
}
