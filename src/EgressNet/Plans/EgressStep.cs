using EgressNet.Nat;
using EgressNet.Netlink.Addresses;
using EgressNet.Netlink.Links;
using EgressNet.Netlink.Routes;
using EgressNet.Veths;

namespace EgressNet.Plans;

/// <summary>One thing of a plan: it can be done, undone, and looked for.</summary>
/// <param name="Side">Where it is.</param>
/// <param name="Text">It in words, as a change.</param>
public abstract record EgressStep(EgressSide Side, string Text)
{
    /// <summary>The change in words.</summary>
    /// <returns>Such as <c>add route 10.0.0.5/32 dev veth1</c>.</returns>
    public sealed override string ToString() => Text;
}

/// <summary>A setting below /proc/sys that has to have a value, where the kernel has the setting.</summary>
/// <param name="Side">Where it is.</param>
/// <param name="Text">It in words.</param>
/// <param name="Setting">Its path below /proc/sys.</param>
/// <param name="Value">Its value.</param>
public sealed record SettingStep(EgressSide Side, string Text, string Setting, string Value) : EgressStep(Side, Text);

/// <summary>The veth pair.</summary>
/// <param name="Text">It in words.</param>
/// <param name="Request">Both ends.</param>
public sealed record VethStep(string Text, VethRequest Request) : EgressStep(EgressSide.Host, Text);

/// <summary>What is set on an end of the pair once it is there.</summary>
/// <param name="Side">Which end.</param>
/// <param name="Text">It in words.</param>
/// <param name="Change">What is set.</param>
public sealed record LinkStep(EgressSide Side, string Text, LinkChange Change) : EgressStep(Side, Text);

/// <summary>An address of an end.</summary>
/// <param name="Side">Which end.</param>
/// <param name="Text">It in words.</param>
/// <param name="Address">The address, its interface left open.</param>
public sealed record AddressStep(EgressSide Side, string Text, InterfaceAddress Address) : EgressStep(Side, Text);

/// <summary>A route out of an end.</summary>
/// <param name="Side">Which end.</param>
/// <param name="Text">It in words.</param>
/// <param name="Route">The route, its interface left open.</param>
public sealed record RouteStep(EgressSide Side, string Text, Route Route) : EgressStep(Side, Text);

/// <summary>What the node's table has of the attachment.</summary>
/// <param name="Text">It in words.</param>
/// <param name="Entries">An entry for each address.</param>
public sealed record NatStep(string Text, IReadOnlyList<NatEntry> Entries) : EgressStep(EgressSide.Host, Text);
