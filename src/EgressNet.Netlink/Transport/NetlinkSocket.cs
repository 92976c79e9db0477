using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EgressNet.Netlink.Interop;
using EgressNet.Netlink.Namespaces;
using static EgressNet.Netlink.Interop.NetlinkConstants;

namespace EgressNet.Netlink.Transport;

/// <summary>A netlink request socket. It belongs to the network namespace of the thread that opened it.</summary>
internal sealed class NetlinkSocket : INetlinkTransport
{
    private const int PollSliceMilliseconds = 50;
    private const int MaxDumpPartBytes = 32 * 1024;
    private readonly NetlinkSocketHandle _handle;

    private NetlinkSocket(NetlinkSocketHandle handle) => _handle = handle;

    public static NetlinkSocket Open(int protocol, NetlinkOptions options)
    {
        NetlinkSocketHandle handle = Libc.socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, protocol);
        try
        {
            Check(handle.IsInvalid ? -1 : 0, new("open", NetlinkObject.Socket));
            sockaddr_nl kernel = new() { nl_family = Libc.AF_NETLINK };
            int size = Unsafe.SizeOf<sockaddr_nl>();
            Check(Libc.bind(handle, in kernel, size), new("bind", NetlinkObject.Socket));
            Check(Libc.connect(handle, in kernel, size), new("connect", NetlinkObject.Socket));
            SetReceiveQueue(handle, options.SocketBufferBytes);
            SetWhereKnown(handle, NETLINK_EXT_ACK);
            SetWhereKnown(handle, NETLINK_CAP_ACK);
            SetWhereKnown(handle, NETLINK_GET_STRICT_CHK);
            NetlinkSocket socket = new(handle)
            {
                Namespace = NetNamespaceIdentity.OfCallingThread with { Cookie = NetNamespaceCookie.Of(handle) },
            };
            if (protocol == NETLINK_ROUTE)
            {
                socket.AskForLongParts();
            }

            return socket;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public NetNamespaceIdentity? Namespace { get; private init; }

    /// <summary>The address that the kernel chose, as replies carry it.</summary>
    public uint PortId
    {
        get
        {
            int size = Unsafe.SizeOf<sockaddr_nl>();
            Check(Libc.getsockname(_handle, out sockaddr_nl own, ref size), new("read", NetlinkObject.SocketAddress));
            return own.nl_pid;
        }
    }

    public void Send(ReadOnlySpan<byte> datagram)
    {
        while (Libc.send(_handle, datagram, datagram.Length, 0) < 0)
        {
            Errno errno = Libc.LastErrno;
            if (errno != Errno.EINTR)
            {
                throw new NetlinkException(new("send to", NetlinkObject.Kernel), errno);
            }
        }
    }

    public int Receive(Span<byte> buffer, TimeSpan timeout, CancellationToken cancellationToken)
    {
        long deadline = 0;
        while (true)
        {
            nint length = Libc.recv(_handle, buffer, buffer.Length, Libc.MSG_TRUNC | Libc.MSG_DONTWAIT);
            if (length >= 0)
            {
                return (int)length;
            }

            switch (Libc.LastErrno)
            {
                case Errno.EINTR:
                    break;
                case Errno.EAGAIN:
                    deadline = deadline == 0 ? Environment.TickCount64 + (long)timeout.TotalMilliseconds : deadline;
                    WaitReadable(deadline, timeout, cancellationToken);
                    break;
                case Errno.ENOBUFS:
                    throw new NetlinkTransportException(
                        NetlinkTransportError.RepliesLost, "The kernel dropped replies: the receive queue was full.");
                case Errno errno:
                    throw new NetlinkException(new("receive from", NetlinkObject.Kernel), errno);
            }
        }
    }

    public void Dispose() => _handle.Dispose();

    // The kernel fills the first part of a dump before it knows how much is read at once, and takes 4 KB then. An
    // IPv6 route that is longer, with 140 next hops, ends the dump as if none were there. The first receipt tells it.
    private void AskForLongParts()
    {
        Span<byte> request = stackalloc byte[Unsafe.SizeOf<nlmsghdr>()];
        nlmsghdr header = new()
        {
            nlmsg_len = (uint)request.Length,
            nlmsg_type = (ushort)NLMSG.NLMSG_NOOP,
            nlmsg_flags = (ushort)(NLM_F.NLM_F_REQUEST | NLM_F.NLM_F_ACK),
        };
        MemoryMarshal.Write(request, in header);
        Send(request);
        byte[] longest = ArrayPool<byte>.Shared.Rent(MaxDumpPartBytes);
        Receive(longest, TimeSpan.FromSeconds(1), CancellationToken.None);
        ArrayPool<byte>.Shared.Return(longest);
    }

    private void WaitReadable(long deadline, TimeSpan timeout, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long left = deadline - Environment.TickCount64;
        if (left <= 0)
        {
            throw new NetlinkTransportException(
                NetlinkTransportError.TimedOut, $"No reply from the kernel within {timeout.TotalSeconds:0.###} s.");
        }

        bool added = false;
        try
        {
            _handle.DangerousAddRef(ref added);
            Libc.pollfd fd = new() { fd = (int)_handle.DangerousGetHandle(), events = Libc.POLLIN };
            Libc.poll(ref fd, 1, (int)Math.Min(left, PollSliceMilliseconds));
        }
        finally
        {
            if (added)
            {
                _handle.DangerousRelease();
            }
        }
    }

    private static void SetReceiveQueue(NetlinkSocketHandle handle, int bytes)
    {
        if (Libc.setsockopt(handle, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, in bytes, sizeof(int)) < 0)
        {
            Check(
                Libc.setsockopt(handle, Libc.SOL_SOCKET, Libc.SO_RCVBUF, in bytes, sizeof(int)),
                new("set", NetlinkObject.ReceiveBuffer));
        }
    }

    private static void SetWhereKnown(NetlinkSocketHandle handle, int option)
    {
        int on = 1;
        int result = Libc.setsockopt(handle, Libc.SOL_NETLINK, option, in on, sizeof(int));
        if (result < 0 && Libc.LastErrno != Errno.ENOPROTOOPT)
        {
            Check(result, new("set", NetlinkObject.SocketOption));
        }
    }

    private static void Check(int result, NetlinkOperation operation)
    {
        if (result < 0)
        {
            throw new NetlinkException(operation, Libc.LastErrno);
        }
    }
}
