using EgressNet.Completers;
using EgressNet.Netlink.Inet;
using EgressNet.Transformations;
using EgressNet.Veths;

namespace EgressNet.Bases;

/// <summary>A cmdlet that gives a container an interface.</summary>
public abstract class ContainerInterfaceBase : NodeCommandBase
{
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("NetNS", "Sandbox")]
    [NetNamespaceTransformation]
    [ArgumentCompleter(typeof(NetNamespaceCompleter))]
    public NetNamespace? NetNamespace { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [TextArgument]
    [ArgumentCompleter(typeof(AttachmentCompleter))]
    public string Network { get; set; } = "egress";

    [Parameter]
    [ValidateInterfaceName]
    [TextArgument]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? HostInterface { get; set; }

    [Parameter]
    [ValueTransformation]
    [ValidateRange((int)VethRequest.MinMtu, (int)VethRequest.MaxMtu)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int Mtu { get; set; }

    [Parameter]
    [Alias("LinkLayerAddress")]
    [MacAddressTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public MacAddress? MacAddress { get; set; }

    [Parameter]
    [MacAddressTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public MacAddress? HostMacAddress { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }
}
