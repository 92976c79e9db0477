using System.Net;
using System.Net.Sockets;
using EgressNet.Attachments;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.Namespaces;
using EgressNet.Nodes;
using EgressNet.Operations;
using EgressNet.Plans;

namespace EgressNet.Bench.Live;

/// <summary>From the order for an IPv6 attachment to the gateway's answer to the container's first ping.</summary>
internal static class FirstPingRun
{
    private const int Rounds = 20;
    private const string Gateway = "fd00::1";

    public static void Run()
    {
        Series ours = new("IPv6 attachment to first ping answered", 1);
        using EgressKernel kernel = new();
        for (int round = 0; round < Rounds; round++)
        {
            NamespaceReference ns = NetNamespaces.Create($"ping{round}");
            Attachment attachment = new()
            {
                Id = new AttachmentId("bench", $"ping{round}", "eg0"),
                Namespace = ns,
                Addresses =
                [
                    new AttachmentAddress(InetPrefix.Parse("fd00::5/64"), InetAddress.Parse(Gateway), new SourceNat()),
                ],
            };
            ours.Measure(() =>
            {
                new AttachmentCreation(kernel).Create(new EgressPlan(attachment));
                Ping(ns);
            });
            new AttachmentRemoval(kernel).Remove(attachment);
            NetNamespaces.Remove(ns.Name!);
        }

        Report.Print("First packet", ours);
    }

    private static void Ping(NamespaceReference ns)
    {
        const byte EchoRequest = 128, EchoReply = 129;
        using Socket socket = NamespaceThread.Run(ns, () =>
        {
            Socket raw = new(System.Net.Sockets.AddressFamily.InterNetworkV6, SocketType.Raw, ProtocolType.IcmpV6)
            {
                ReceiveTimeout = 5_000,
            };
            raw.Connect(IPAddress.Parse(Gateway), 0);
            return raw;
        });
        socket.Send([EchoRequest, 0, 0, 0, 0, 1, 0, 1]);
        byte[] reply = new byte[64];
        do
        {
            socket.Receive(reply);
        }
        while (reply[0] != EchoReply);
    }
}
