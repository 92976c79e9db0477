namespace EgressNet.Netlink.Rules;

/// <summary>What a rule does with a packet that it matches (FR_ACT_*, linux/fib_rules.h).</summary>
public enum RouteRuleAction : byte
{
    /// <summary>Looks for a route in a table, and goes on with the next rule where that has none.</summary>
    Lookup = 1,

    /// <summary>Goes on with the rule of a higher priority number.</summary>
    Goto = 2,

    /// <summary>Nothing.</summary>
    Nop = 3,

    /// <summary>Drops the packet in silence.</summary>
    Blackhole = 6,

    /// <summary>Answers that the destination is unreachable.</summary>
    Unreachable = 7,

    /// <summary>Answers that it is administratively prohibited.</summary>
    Prohibit = 8,
}

/// <summary>Flags of a rule (FIB_RULE_*).</summary>
[Flags]
public enum RouteRuleFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The kernel does not delete it.</summary>
    Permanent = 1,

    /// <summary>It matches what its selectors do not.</summary>
    Invert = 2,

    /// <summary>No rule has the priority that it goes on with.</summary>
    Unresolved = 4,

    /// <summary>There is no interface of its name for incoming packets now.</summary>
    InputDetached = 8,

    /// <summary>There is no interface of its name for outgoing packets now.</summary>
    OutputDetached = 0x10,

    /// <summary>The kernel finds the source address before it looks for the route.</summary>
    FindSource = 0x10000,
}

/// <summary>How a rule is written.</summary>
public enum RouteRuleChange
{
    /// <summary>Add; EEXIST where the kernel takes another of the same priority for its like.</summary>
    Add,

    /// <summary>Add behind all of the same priority, whatever they are.</summary>
    Append,
}
