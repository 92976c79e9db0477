namespace EgressNet.Errors;

/// <summary>What a cmdlet is about, for the ids of its errors.</summary>
internal sealed record Subject(string AlreadyExists, string NotFound)
{
    public static Subject Route { get; } = new(ErrorId.RouteAlreadyExists, ErrorId.RouteNotFound);

    public static Subject Address { get; } = new(ErrorId.AddressAlreadyExists, ErrorId.AddressNotFound);

    public static Subject Interface { get; } = new(ErrorId.InterfaceAlreadyExists, ErrorId.InterfaceNotFound);

    public static Subject NetNamespace { get; } = new(ErrorId.NetNamespaceAlreadyExists, ErrorId.NetNamespaceNotFound);
}
