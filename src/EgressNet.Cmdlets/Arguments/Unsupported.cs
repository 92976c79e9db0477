namespace EgressNet.Arguments;

/// <summary>Why Linux has no use for a word of Windows.</summary>
internal static class Unsupported
{
    public const string Store =
        "Linux keeps addresses and routes until it restarts; to have them again is up to a network manager's configuration.";

    public const string Type = "the kernel makes anycast addresses by itself, and joins multicast groups for programs.";

    public const string Publish = "the kernel announces no routes; programs such as radvd do.";
}
