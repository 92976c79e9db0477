namespace EgressNet.Errors;

/// <summary>The stable first word of every FullyQualifiedErrorId of the module.</summary>
internal static class ErrorId
{
    public const string RouteAlreadyExists = nameof(RouteAlreadyExists);
    public const string RouteNotFound = nameof(RouteNotFound);
    public const string RouteAmbiguous = nameof(RouteAmbiguous);
    public const string AddressAlreadyExists = nameof(AddressAlreadyExists);
    public const string AddressNotFound = nameof(AddressNotFound);
    public const string AddressAmbiguous = nameof(AddressAmbiguous);
    public const string AddressHasSecondaries = nameof(AddressHasSecondaries);
    public const string AddressDuplicate = nameof(AddressDuplicate);
    public const string AddressTentative = nameof(AddressTentative);
    public const string InterfaceAlreadyExists = nameof(InterfaceAlreadyExists);
    public const string InterfaceNotFound = nameof(InterfaceNotFound);
    public const string VethNotFound = nameof(VethNotFound);
    public const string NetNamespaceAlreadyExists = nameof(NetNamespaceAlreadyExists);
    public const string NetNamespaceNotFound = nameof(NetNamespaceNotFound);
    public const string NetNamespaceChanged = nameof(NetNamespaceChanged);
    public const string NotANetNamespace = nameof(NotANetNamespace);
    public const string NetNamespaceIsOwn = nameof(NetNamespaceIsOwn);
    public const string NetNamespaceUnusable = nameof(NetNamespaceUnusable);
    public const string NetAdminRequired = nameof(NetAdminRequired);
    public const string InvalidArgument = nameof(InvalidArgument);
    public const string InvalidGateway = nameof(InvalidGateway);
    public const string InvalidPrefixLength = nameof(InvalidPrefixLength);
    public const string InvalidCniResult = nameof(InvalidCniResult);
    public const string CniResultUnreadable = nameof(CniResultUnreadable);
    public const string InvalidRequest = nameof(InvalidRequest);
    public const string MtuTooSmallForIPv6 = nameof(MtuTooSmallForIPv6);
    public const string IPv6NotSupported = nameof(IPv6NotSupported);
    public const string IPv6Disabled = nameof(IPv6Disabled);
    public const string NextHopUnreachable = nameof(NextHopUnreachable);
    public const string NotSupportedByKernel = nameof(NotSupportedByKernel);
    public const string ResourceBusy = nameof(ResourceBusy);
    public const string ResourceUnavailable = nameof(ResourceUnavailable);
    public const string KernelRefused = nameof(KernelRefused);
    public const string KernelConversationFailed = nameof(KernelConversationFailed);
    public const string ContainerEgressAlreadyExists = nameof(ContainerEgressAlreadyExists);
    public const string ContainerEgressNotFound = nameof(ContainerEgressNotFound);
    public const string ContainerEgressUndeclared = nameof(ContainerEgressUndeclared);
    public const string EgressNatAlreadyExists = nameof(EgressNatAlreadyExists);
    public const string EgressNatNotFound = nameof(EgressNatNotFound);
    public const string EgressNatBelongsToContainerEgress = nameof(EgressNatBelongsToContainerEgress);
    public const string EgressTableConflict = nameof(EgressTableConflict);
    public const string AddressInUse = nameof(AddressInUse);
    public const string InvalidContainerId = nameof(InvalidContainerId);
    public const string InvalidNatAddress = nameof(InvalidNatAddress);
    public const string RecordUnusable = nameof(RecordUnusable);
    public const string RemovalIncomplete = nameof(RemovalIncomplete);
    public const string UndoFailed = nameof(UndoFailed);
}
