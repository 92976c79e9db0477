using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Netlink.IPInterfaces;
using EgressNet.Sessions;

namespace EgressNet.Queries;

/// <summary>Which families of which interfaces a cmdlet means.</summary>
internal sealed class IPInterfaceQuery
{
    public string[]? InterfaceAlias { get; init; }

    public int[]? InterfaceIndex { get; init; }

    public AddressFamily? AddressFamily { get; init; }

    public SettingState[]? Forwarding { get; init; }

    public ConnectionState[]? ConnectionState { get; init; }

    public SettingState[]? Dhcp { get; init; }

    private AddressFamily Family => AddressFamily ?? Netlink.Inet.AddressFamily.Unspecified;

    public IEnumerable<NetIPInterface> Run(NamespaceSession session)
    {
        HashSet<int>? interfaces = session.MatchInterfaces(InterfaceAlias, InterfaceIndex);
        IEnumerable<IPInterface> rows = interfaces is { Count: 1 }
            ? session.Connection.IPInterfaces.Get(interfaces.Single(), Family)
            : session.Connection.IPInterfaces.List(Family).Where(row => interfaces?.Contains(row.Index) ?? true);
        return ToOutput(session, rows);
    }

    /// <summary>Reads one anew.</summary>
    /// <param name="session">Where it is.</param>
    /// <param name="index">The interface's index there.</param>
    /// <param name="known">As read before.</param>
    /// <returns>Nothing where the filters do not want it.</returns>
    /// <exception cref="ErrorRecordException">The interface has lost the family.</exception>
    public IEnumerable<NetIPInterface> Again(NamespaceSession session, int index, NetIPInterface known)
    {
        IReadOnlyList<IPInterface> rows = session.Connection.IPInterfaces.Get(index, known.Row.Family);
        return rows.Count > 0
            ? ToOutput(session, rows.Where(row => AddressFamily is null || row.Family == AddressFamily))
            : throw new ErrorRecordException($"{known.InterfaceAlias} has no {known.AddressFamily} any more."
                .ToNotFoundError(ErrorId.InterfaceNotFound, known));
    }

    private IEnumerable<NetIPInterface> ToOutput(NamespaceSession session, IEnumerable<IPInterface> rows) =>
        rows.Where(Passes).Select(row => new NetIPInterface(row, session.Origin));

    private bool Passes(IPInterface row) =>
        (Forwarding?.Contains(row.Forwarding ? SettingState.Enabled : SettingState.Disabled) ?? true)
        && (ConnectionState?.Contains(
            row.IsConnected ? EgressNet.ConnectionState.Connected : EgressNet.ConnectionState.Disconnected) ?? true)
        && (Dhcp?.Contains(SettingState.Disabled) ?? true);
}
