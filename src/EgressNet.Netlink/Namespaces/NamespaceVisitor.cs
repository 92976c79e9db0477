using System.Runtime.ExceptionServices;

namespace EgressNet.Netlink.Namespaces;

/// <summary>Runs short work inside one network namespace after another on a single thread, since starting a thread costs ten
/// times as much as the work. The thread stays in the last namespace until the next call or its disposal.</summary>
internal sealed class NamespaceVisitor : IDisposable
{
    private readonly Lock _oneAtATime = new();
    private readonly SemaphoreSlim _asked = new(0);
    private readonly SemaphoreSlim _answered = new(0);
    private Thread? _thread;
    private Action? _work;
    private bool _disposed;

    public T Run<T>(NetNamespaceHandle ns, Func<T> open)
    {
        if (ns.Identity == NetNamespaceIdentity.OfCallingThread)
        {
            return open();
        }

        T result = default!;
        Send(() =>
        {
            NamespaceThread.Enter(ns);
            result = open();
        });
        return result;
    }

    public void Dispose()
    {
        lock (_oneAtATime)
        {
            _disposed = true;
            _work = null;
            _asked.Release();
            _thread?.Join();
        }
    }

    private void Send(Action work)
    {
        ExceptionDispatchInfo? fault = null;
        lock (_oneAtATime)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _thread ??= NamespaceThread.Start(Visit);
            _work = Work;
            _asked.Release();
            _answered.Wait();
        }

        fault?.Throw();

        void Work()
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                fault = ExceptionDispatchInfo.Capture(exception);
            }
        }
    }

    private void Visit()
    {
        while (true)
        {
            _asked.Wait();
            if (_work is null)
            {
                return;
            }

            _work();
            _answered.Release();
        }
    }
}
