using EgressNet.Netlink.Wire;

namespace EgressNet.Netlink.Transport;

/// <summary>Decodes a reply in place.</summary>
internal delegate T ReplyReader<out T>(in NetlinkMessage message);

/// <summary>Decodes one entry of a dump in place.</summary>
/// <returns>False to leave the entry out.</returns>
internal delegate bool EntryReader<T>(in NetlinkMessage message, out T entry);
