using System.Runtime.ExceptionServices;
using EgressNet.Netlink.Interop;

namespace EgressNet.Netlink.Namespaces;

/// <summary>Runs short work inside a network namespace, such as opening a socket or a sysctl file. It runs on a thread that
/// enters the namespace and then ends, so that no other code ever runs on a thread in a foreign namespace.</summary>
internal static class NamespaceThread
{
    private const int StackBytes = 256 * 1024;

    /// <summary>Already inside, <paramref name="open"/> runs at once on the calling thread: setns asks for CAP_SYS_ADMIN
    /// even to stay where one is.</summary>
    public static T Run<T>(NamespaceReference ns, Func<T> open)
    {
        if (ns.IsCurrent)
        {
            ns.ThrowIfChangedHere();
            return open();
        }

        using NetNamespaceHandle handle = ns.OpenAnother();
        return Run(handle, () =>
        {
            ns.ThrowIfChangedHere();
            return open();
        });
    }

    /// <inheritdoc cref="Run{T}(NamespaceReference, Func{T})"/>
    public static T Run<T>(NetNamespaceHandle ns, Func<T> open) =>
        ns.Identity == NetNamespaceIdentity.OfCallingThread ? open() : RunApart(() =>
        {
            Enter(ns);
            return open();
        });

    /// <summary>Runs on a thread of its own, which ends with it and may leave its namespace as it likes.</summary>
    public static T RunApart<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? fault = null;
        Start(Body).Join();
        fault?.Throw();
        return result;

        void Body()
        {
            try
            {
                result = work();
            }
            catch (Exception exception)
            {
                fault = ExceptionDispatchInfo.Capture(exception);
            }
        }
    }

    /// <summary>Starts a thread without the caller's execution context.</summary>
    public static Thread Start(ThreadStart body)
    {
        Thread thread = new Thread(body, StackBytes) { IsBackground = true, Name = "netns" };
        try
        {
            thread.UnsafeStart();
        }
        catch (OutOfMemoryException)
        {
            // The runtime says so too when it lacks the descriptors that a thread takes.
            throw NetNamespaceException.FromErrno(
                "Cannot start a thread for the network namespace", NamespaceReference.CallingThreadPath, Errno.ENOMEM);
        }

        return thread;
    }

    /// <summary>Moves the calling thread, which must be one of <see cref="Start"/>.</summary>
    public static void Enter(NetNamespaceHandle ns)
    {
        bool held = false;
        try
        {
            ns.DangerousAddRef(ref held);
            if (Libc.setns((int)ns.DangerousGetHandle(), Sched.CLONE_NEWNET) != 0)
            {
                throw NetNamespaceException.Last("Cannot enter the network namespace", ns.Path);
            }
        }
        finally
        {
            if (held)
            {
                ns.DangerousRelease();
            }
        }
    }
}
