using System.Management.Automation;
using System.Reflection;
using EgressNet.Bases;

namespace EgressNet.Cmdlets.Tests.Conventions;

public sealed class LifetimeTests
{
    public static TheoryData<string> Commands => Surface.CommandNames;

    [Theory, MemberData(nameof(Commands))]
    public void A_stop_is_heard_from_the_first_moment(string command)
    {
        using EgressCommandBase cmdlet = (EgressCommandBase)Activator.CreateInstance(Surface.Find(command).Type)!;
        CancellationTokenSource? source = (CancellationTokenSource?)typeof(EgressCommandBase)
            .GetField("_stop", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(cmdlet);
        Assert.NotNull(source);

        typeof(Cmdlet).GetMethod("StopProcessing", BindingFlags.NonPublic | BindingFlags.Instance)!.Invoke(cmdlet, null);
        Assert.True(source.IsCancellationRequested);
    }

    [Theory, MemberData(nameof(Commands))]
    public void What_holds_something_can_be_disposed(string command)
    {
        Type type = Surface.Find(command).Type;
        Assert.True(typeof(IDisposable).IsAssignableFrom(type));
        IDisposable cmdlet = (IDisposable)Activator.CreateInstance(type)!;
        cmdlet.Dispose();
        cmdlet.Dispose();
    }
}
