using System.Runtime.CompilerServices;
using Xunit;

namespace EgressNet.Testing;

/// <summary>For what the kernel does in its own time.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    public static void True(
        Func<bool> condition,
        TimeSpan? deadline = null,
        [CallerArgumentExpression(nameof(condition))] string? expression = null)
    {
        TimeSpan limit = deadline ?? s_timeout;
        if (!SpinWait.SpinUntil(condition, limit))
        {
            Assert.Fail($"Not so within {limit.TotalSeconds:0.###} s: {expression}");
        }
    }
}
