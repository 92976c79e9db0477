using EgressNet.Links;
using EgressNet.Netlink.Links;

namespace EgressNet.Bases;

/// <summary>A cmdlet that changes interfaces.</summary>
public abstract class NetAdapterChangeBase : NetAdapterSelectionBase
{
    /// <summary>Changes one interface.</summary>
    /// <param name="adapters">Applies the change.</param>
    /// <param name="link">The interface as it is.</param>
    /// <returns>The interface as it is then.</returns>
    private protected abstract Link Change(LinkSetting adapters, Link link);

    private protected override void Act(Link link) =>
        Emit(Session.ToOutput(Change(new LinkSetting(Session.Conversation, Report, StopToken), link)));
}
