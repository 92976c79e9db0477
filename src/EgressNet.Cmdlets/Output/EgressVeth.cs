using EgressNet.Veths;

namespace EgressNet;

/// <summary>A veth pair between the caller's namespace and a container's.</summary>
public sealed class EgressVeth : Comparable<EgressVeth>
{
    internal EgressVeth(VethPair pair, NamespaceOrigin host, NamespaceOrigin container)
    {
        HostInterface = new NetAdapter(pair.Host, host);
        ContainerInterface = new NetAdapter(pair.Container, container);
    }

    /// <summary>The end in the caller's namespace.</summary>
    public NetAdapter HostInterface { get; }

    /// <summary>The end in the container's namespace.</summary>
    public NetAdapter ContainerInterface { get; }

    /// <summary>The name of the container's end.</summary>
    public string InterfaceAlias => ContainerInterface.Name;

    /// <summary>The index of the container's end, in its namespace.</summary>
    public int InterfaceIndex => ContainerInterface.InterfaceIndex;

    /// <summary>The container's namespace, by name or path.</summary>
    public string NetNamespace => ContainerInterface.NetNamespace ?? Sandbox;

    /// <summary>The path of the container's namespace, as a CNI result names it.</summary>
    public string Sandbox => ContainerInterface.Origin.Path;

    /// <summary>The MTU of the container's end in bytes.</summary>
    public uint Mtu => ContainerInterface.MtuSize;

    internal static FormatException CopyRefused => new(
        "a veth pair is removed by its link, which a copy does not have. Pipe Get-EgressVeth, or give Name and "
            + "NetNamespace.");

    private protected override IEnumerable<object?> Compared => [NetNamespace];

    /// <summary>The container's end.</summary>
    /// <returns>Such as <c>v4if0</c>.</returns>
    public override string ToString() => InterfaceAlias;

    internal static bool IsCopy(PropertyBag copy) =>
        copy.Has(nameof(HostInterface), nameof(ContainerInterface), nameof(Sandbox));

    private protected override int CompareKey(EgressVeth other) =>
        (ContainerInterface, HostInterface).CompareTo((other.ContainerInterface, other.HostInterface));
}
