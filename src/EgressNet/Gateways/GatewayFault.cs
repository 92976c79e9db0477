namespace EgressNet.Gateways;

/// <summary>Why an address cannot become a gateway of the node.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Owner">The tag of whose address it is; null where it is none of a container.</param>
internal sealed record GatewayFault(string Text, string? Owner = null);
