using EgressNet.Arguments;
using EgressNet.Errors;
using EgressNet.Netlink.Inet;
using EgressNet.Queries;
using EgressNet.Transformations;

namespace EgressNet.Bases;

/// <summary>A cmdlet that finds neighbors.</summary>
public abstract class NetNeighborFilterBase : InterfaceFilterBase
{
    [Parameter(ParameterSetName = ParameterSet.ByName)]
    [ValueTransformation]
    [ValidateSet("IPv4", "IPv6")]
    public AddressFamily? AddressFamily { get; set; }

    [Parameter(ParameterSetName = ParameterSet.ByName)]
    public SwitchParameter Proxy { get; set; }

    [Parameter]
    [ValueTransformation]
    [ValidateSupported(EgressNet.PolicyStore.ActiveStore, Unsupported.Store)]
    public PolicyStore PolicyStore { get; set; }

    private protected override Subject Subject => Subject.Neighbor;

    /// <summary>Goes where a neighbor is from.</summary>
    /// <returns>The neighbor as it is where the cmdlet works: in another namespace its interface goes by its
    /// name.</returns>
    private protected NetNeighbor Follow(NetNeighbor neighbor)
    {
        FollowObject(neighbor.Origin);
        if (!IsAtHome(neighbor.Origin) && neighbor.InterfaceAlias.Length > 0)
        {
            int index = Session.RequireInterface(neighbor.InterfaceAlias, neighbor).Index;
            return Session.ToOutput(neighbor.Neighbor with { InterfaceIndex = index });
        }

        Session.ThrowIfReplaced(neighbor.InterfaceIndex, neighbor.InterfaceAlias, neighbor);
        return neighbor;
    }

    /// <summary>The addresses meant. That of an object is no wildcard.</summary>
    private protected string[] Meant(string[] addresses)
    {
        RequireFilters();
        return IsPiped("IPAddress") ? Array.ConvertAll(addresses, WildcardPattern.Escape) : addresses;
    }

    /// <summary>The one neighbor that an address names, or several where they may be.</summary>
    /// <exception cref="ErrorRecordException">It names none, or several where it may not.</exception>
    private protected List<NetNeighbor> Named(NeighborQuery query, string address, bool several, string remedy)
    {
        List<NetNeighbor> found = query.Run(Session);
        if (found.Count > 1 && !several)
        {
            throw new ErrorRecordException(
                $"{found.Count} neighbors match '{address}'{InNamespace}: {remedy}."
                    .ToError(ErrorId.NeighborAmbiguous, ErrorCategory.InvalidArgument, address));
        }

        return query.Unmatched.FirstOrDefault() is { } missing
            ? throw new ErrorRecordException(
                $"No neighbor {missing}{InNamespace}.".ToNotFoundError(ErrorId.NeighborNotFound, missing))
            : found;
    }
}
