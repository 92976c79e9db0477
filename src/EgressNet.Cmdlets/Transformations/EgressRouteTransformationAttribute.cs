using System.Globalization;
using System.Management.Automation;
using EgressNet.Attachments;
using EgressNet.Netlink.Inet;

namespace EgressNet.Transformations;

/// <summary>A route of a container: a prefix, a prefix and a gateway as in <c>10.0.0.0/8 via 10.1.1.1</c>, or an object
/// with DestinationPrefix and NextHop.</summary>
public sealed class EgressRouteTransformationAttribute : InputTransformationAttribute
{
    private const string Via = " via ";

    /// <inheritdoc/>
    protected override object? Convert(object input) => input switch
    {
        AttachmentRoute route => route,
        CniNetRoute route => new AttachmentRoute(
            InetPrefix.Parse(route.DestinationPrefix), InetAddress.Parse(route.NextHop)),
        NetRoute route => new AttachmentRoute(route.Route.Destination, route.Route.Gateway),
        PSObject custom => FromProperties(custom),
        _ => Parse(System.Convert.ToString(input, CultureInfo.InvariantCulture) ?? ""),
    };

    private static AttachmentRoute FromProperties(PSObject custom)
    {
        AttachmentRoute route = Parse($"{custom.Properties[nameof(CniNetRoute.DestinationPrefix)]?.Value}");
        string nextHop = $"{custom.Properties[nameof(CniNetRoute.NextHop)]?.Value}";
        InetAddress gateway = nextHop.Length == 0 ? default : InetAddress.Parse(nextHop);
        return gateway.IsUnspecified ? route : route with { Gateway = gateway };
    }

    private static AttachmentRoute Parse(string text)
    {
        int via = text.IndexOf(Via, StringComparison.Ordinal);
        InetPrefix destination = InetPrefix.Parse(via < 0 ? text : text[..via]);
        return destination.HasHostBits
            ? throw new FormatException($"'{text}' has host bits set; the network is {destination.Network}.")
            : new AttachmentRoute(destination, via < 0 ? default : InetAddress.Parse(text[(via + Via.Length)..]));
    }
}
