using System.Runtime.InteropServices;

namespace EgressNet.Shell;

/// <summary>The first signal stops the pipeline so that finally blocks run; a second one ends the process.</summary>
internal sealed class Interruption : IDisposable
{
    private static readonly (PosixSignal Signal, int Number)[] s_signals =
        [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGTERM, 15)];

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _number;

    public Interruption() => _registrations =
        [.. s_signals.Select(s => PosixSignalRegistration.Create(s.Signal, context => Handle(context, s.Number)))];

    public CancellationToken Token => _source.Token;

    public bool Requested => _number != 0;

    public int Code => ExitCode.Signal + _number;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context, int number)
    {
        if (Interlocked.CompareExchange(ref _number, number, 0) != 0)
            return;

        context.Cancel = true;
        _source.Cancel();
    }
}
