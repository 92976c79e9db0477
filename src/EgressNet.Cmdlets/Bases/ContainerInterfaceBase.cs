using EgressNet.Completers;
using EgressNet.Netlink.Inet;
using EgressNet.Transformations;
using EgressNet.Veths;

namespace EgressNet.Bases;

/// <summary>A cmdlet that gives a container an interface.</summary>
public abstract class ContainerInterfaceBase : NodeCommandBase
{
    /// <summary>The container's namespace: a name under /run/netns, a path, a process id or an object.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("NetNS", "Sandbox")]
    [NetNamespaceTransformation]
    [ArgumentCompleter(typeof(NetNamespaceCompleter))]
    public NetNamespace? NetNamespace { get; set; }

    /// <summary>The network's name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [TextArgument]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public string Network { get; set; } = "egress";

    /// <summary>The name of the host's end; without it, veth and eight hexadecimal digits.</summary>
    [Parameter]
    [ValidateInterfaceName]
    [TextArgument]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? HostInterface { get; set; }

    /// <summary>The MTU of both ends in bytes; without it, 1500. IPv6 needs 1280.</summary>
    [Parameter]
    [ValueTransformation]
    [ValidateRange((int)VethRequest.MinMtu, (int)VethRequest.MaxMtu)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int Mtu { get; set; }

    /// <summary>The address of the container's end; without it, a random one.</summary>
    [Parameter]
    [Alias("LinkLayerAddress")]
    [MacAddressTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public MacAddress? MacAddress { get; set; }

    /// <summary>The address of the host's end; without it, a random one.</summary>
    [Parameter]
    [MacAddressTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public MacAddress? HostMacAddress { get; set; }

    /// <summary>Replace what has the name and is one's own.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }
}
