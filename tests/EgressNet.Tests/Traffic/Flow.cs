using System.Net;
using System.Net.Sockets;

namespace EgressNet.Tests.Traffic;

/// <summary>One question and its answer between two namespaces.</summary>
internal static class Flow
{
    /// <summary>The kinds of flow that every translation is proved with.</summary>
    public static IReadOnlyList<(ProtocolType Protocol, Numbers Numbers)> Kinds { get; } =
    [
        .. ((ProtocolType[])[ProtocolType.Tcp, ProtocolType.Udp])
            .SelectMany(_ => Numbers.Both, (protocol, numbers) => (protocol, numbers)),
    ];

    /// <summary>Goes from a container's own address, or a chosen port of it, to an address of another namespace.
    /// </summary>
    /// <returns>Where it came from, as seen there; an answer has arrived then.</returns>
    public static IPEndPoint Run(
        ProtocolType protocol, LiveNamespace from, IPEndPoint source, LiveNamespace to, IPAddress destination)
    {
        bool isTcp = protocol == ProtocolType.Tcp;
        using Socket server = isTcp ? to.BindTcp(destination) : to.BindUdp(destination);
        using Socket client =
            isTcp ? from.BindTcp(source.Address, source.Port) : from.BindUdp(source.Address, source.Port);
        return isTcp ? client.ExchangeByTcp(server) : client.Exchange(server);
    }

    /// <summary>Goes from a container to the outside.</summary>
    /// <returns>The address with which it came there; an answer has arrived then.</returns>
    public static IPAddress Out(ProtocolType protocol, Site site, Pod pod, Numbers numbers) => Run(
        protocol, pod.Namespace, new IPEndPoint(pod.Address(numbers), 0), site.Outside, numbers.Outside).Address;
}
