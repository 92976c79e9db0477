using System.Runtime.ExceptionServices;

namespace EgressNet.Testing;

/// <summary>A thread that does one thing and ends: it may change namespace.</summary>
internal static class OwnThread
{
    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        ExceptionDispatchInfo? fault = null;
        Thread thread = new(Body) { IsBackground = true };
        thread.Start();
        thread.Join();
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
}
