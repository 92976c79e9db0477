using EgressNet.Attachments;
using EgressNet.Errors;
using EgressNet.Nat;
using EgressNet.Netlink.Inet;

namespace EgressNet.Arguments;

/// <summary>Collects an attachment from parameters and pipeline input, address by address.</summary>
internal sealed class EgressRequest(Attachment template)
{
    private readonly List<AttachmentAddress> _addresses = [];
    private readonly List<AttachmentRoute> _routes = [];

    public AttachmentId Id => template.Id;

    /// <summary>Whether all its pipeline input was valid. A partial request is never created.</summary>
    public bool IsWhole { get; set; } = true;

    public bool IsFor(Attachment other) => other.Id == template.Id && other.Namespace == template.Namespace;

    public void Add(InetPrefix[] addresses, InetAddress[] gateways, Func<InetPrefix, SourceNat?> natOf)
    {
        ThrowIfAmbiguous("Gateway", gateways, ErrorId.InvalidGateway);
        foreach (InetPrefix address in addresses)
        {
            InetAddress gateway = OfFamily(gateways, address.Family);
            if (gateway.IsNone)
            {
                throw new ErrorRecordException($"Gateway of IPAddress '{address}' is missing."
                    .ToError(ErrorId.InvalidGateway, ErrorCategory.InvalidArgument, address.ToString()));
            }

            _addresses.Add(new AttachmentAddress(address, gateway, natOf(address)));
        }
    }

    /// <summary>Adds routes; without any given, the default routes of the families so far.</summary>
    public void Add(IEnumerable<AttachmentRoute>? routes) => _routes.AddRange(routes
        ?? _addresses.Select(address => new AttachmentRoute(InetPrefix.Default(address.Address.Family), default)));

    public Attachment ToAttachment() => template with
    {
        Addresses = _addresses,
        Routes = [.. _routes.Distinct().Select(WithGateway)],
    };

    /// <summary>The first address of a family; none where there is none.</summary>
    public static InetAddress OfFamily(InetAddress[] addresses, AddressFamily family)
    {
        foreach (InetAddress address in addresses)
        {
            if (address.Family == family)
            {
                return address;
            }
        }

        return default;
    }

    /// <summary>Throws for two addresses of one family where only one is allowed.</summary>
    public static void ThrowIfAmbiguous(string parameter, InetAddress[] addresses, string errorId)
    {
        foreach (InetAddress address in addresses)
        {
            InetAddress first = OfFamily(addresses, address.Family);
            if (first != address)
            {
                throw new ErrorRecordException(
                    $"{parameter} has two {address.Family} addresses, '{first}' and '{address}': give one for each family."
                        .ToError(errorId, ErrorCategory.InvalidArgument, address.ToString()));
            }
        }
    }

    private AttachmentRoute WithGateway(AttachmentRoute route)
    {
        if (!route.Gateway.IsNone || route.IsOnLink)
        {
            return route;
        }

        AddressFamily family = route.Destination.Family;
        AttachmentAddress? address = _addresses.FirstOrDefault(each => each.Address.Family == family);
        return address is not null
            ? route with { Gateway = address.Gateway }
            : throw new ErrorRecordException(
                $"Route '{route.Destination}' is {family}, but IPAddress contains no {family} address."
                    .ToError(ErrorId.InvalidArgument, ErrorCategory.InvalidArgument, route.Destination.ToString()));
    }
}
