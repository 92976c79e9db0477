using EgressNet.Arguments;
using EgressNet.Attachments;
using EgressNet.Bases;
using EgressNet.Completers;
using EgressNet.Errors;
using EgressNet.Nat;
using EgressNet.Netlink.Namespaces;
using EgressNet.Sessions;
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
    [Parameter(Mandatory = true, Position = 0)]
    [TextArgument]
    [Alias("IfName", "ContainerInterface")]
    [ValidateInterfaceName]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Name { get; set; } = "";

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [TextArgument]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public string? ContainerId { get; set; }

    private protected override Subject Subject => Subject.Interface;

    protected override void ProcessRecord() => Attempt(Name, () =>
    {
        AttachmentId? id = ContainerId is null ? null : new AttachmentId(Network, ContainerId, Name);
        if (id is not null)
        {
            AttachmentRules.ThrowIfInvalid(id);
        }

        string target = $"{Name} in {NetNamespace!.Reference} <-> {HostInterface ?? id?.HostInterface ?? "veth*"}";
        Foresee(() => Make(id, (factory, request, _, _) => factory.ThrowIfTaken(request)));
        if (ShouldProcess(target, "Create veth pair"))
        {
            Make(id, (factory, request, host, container) => WriteObject(new EgressVeth(
                factory.Create(request), host.Origin, new NamespaceOrigin(NetNamespace.Reference, container.Connection))));
        }
    });

    private void Make(AttachmentId? id, Action<VethFactory, VethRequest, NamespaceSession, NamespaceSession> work)
    {
        using NetNamespaceHandle held = NetNamespace!.Reference.Open();
        NamespaceReference ns = NamespaceReference.FromHandle(held);
        using NamespaceSession container = Enter(ns), host = Enter();
        VethFactory factory = new(
            host.Conversation, container.Conversation, report: WriteVerbose, cancellationToken: StopToken);
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
