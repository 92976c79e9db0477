using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EgressNet.Tests.Traffic;

/// <summary>Has a namespace forward a multicast group from one interface to another, as a multicast routing daemon
/// would, until it is disposed of (linux/mroute.h, linux/mroute6.h).</summary>
internal sealed class MulticastRouter : IDisposable
{
    private const int MRT_INIT = 200, MRT_ADD_VIF = 202, MRT_ADD_MFC = 204;
    private const byte VIFF_USE_IFINDEX = 8;
    private const int InterfaceBytes4 = 16, InterfaceBytes6 = 12, GroupBytes4 = 60, GroupBytes6 = 92;
    private readonly Socket _control;

    /// <summary>Skips the test where the kernel has no multicast routing.</summary>
    public MulticastRouter(LiveNamespace ns, IPAddress source, IPAddress group, int fromIndex, int toIndex)
    {
        _control = group.AddressFamily == AddressFamily.InterNetwork
            ? ns.Open(AddressFamily.InterNetwork, SocketType.Raw, ProtocolType.Igmp)
            : ns.Open(AddressFamily.InterNetworkV6, SocketType.Raw, ProtocolType.IcmpV6);
        try
        {
            Set(MRT_INIT, [1, 0, 0, 0]);
        }
        catch (SocketException absent) when (absent.SocketErrorCode == SocketError.ProtocolOption)
        {
            _control.Dispose();
            Assert.Skip("This kernel has no multicast routing (CONFIG_IP_MROUTE, CONFIG_IPV6_MROUTE).");
        }

        AddInterface(0, fromIndex);
        AddInterface(1, toIndex);
        Set(MRT_ADD_MFC, IsIPv4 ? Group4(source, group) : Group6(source, group));
    }

    private bool IsIPv4 => _control.AddressFamily == AddressFamily.InterNetwork;

    public void Dispose() => _control.Dispose();

    private static byte[] Group4(IPAddress source, IPAddress group)
    {
        byte[] mfcctl = new byte[GroupBytes4];
        source.GetAddressBytes().CopyTo(mfcctl, 0);
        group.GetAddressBytes().CopyTo(mfcctl, 4);

        // It comes in by interface 0; with a TTL above 1 it goes out by interface 1.
        mfcctl.AsSpan(10, 32).Fill(byte.MaxValue);
        mfcctl[11] = 1;
        return mfcctl;
    }

    private static byte[] Group6(IPAddress source, IPAddress group)
    {
        byte[] mf6cctl = new byte[GroupBytes6];
        new IPEndPoint(source, 0).Serialize().Buffer.Span[..28].CopyTo(mf6cctl);
        new IPEndPoint(group, 0).Serialize().Buffer.Span[..28].CopyTo(mf6cctl.AsSpan(28));

        // It comes in by interface 0 and goes out by the set of interfaces whose second bit is 1.
        mf6cctl[60] = 2;
        return mf6cctl;
    }

    private void AddInterface(ushort number, int index)
    {
        byte[] control = new byte[IsIPv4 ? InterfaceBytes4 : InterfaceBytes6];
        MemoryMarshal.Write(control, number);
        control[2] = IsIPv4 ? VIFF_USE_IFINDEX : (byte)0;
        control[3] = 1;
        if (IsIPv4)
        {
            MemoryMarshal.Write(control.AsSpan(8), index);
        }
        else
        {
            MemoryMarshal.Write(control.AsSpan(4), (ushort)index);
        }

        Set(MRT_ADD_VIF, control);
    }

    private void Set(int option, byte[] value) =>
        _control.SetRawSocketOption(IsIPv4 ? 0 : 41, option, value);
}
