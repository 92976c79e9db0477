@{
    RootModule = 'EgressNet.psm1'
    ModuleVersion = '0.1.0'
    GUID = '665ec26e-d81e-43a5-9fff-8864d24f343b'
    Author = 'The EgressNet authors'
    CompanyName = 'EgressNet'
    Copyright = '(c) The EgressNet authors. Apache-2.0.'
    Description = 'Container networking for PowerShell on Linux: a container''s whole egress, and its namespaces, veth pairs, addresses, routes and source NAT as objects, over netlink.'
    CompatiblePSEditions = @('Core')
    PowerShellVersion = '7.6'
    FormatsToProcess = @('EgressNet.Format.ps1xml')
    CmdletsToExport = @(
        'ConvertFrom-CniResult'
        'Disable-NetAdapter'
        'Enable-NetAdapter'
        'Find-NetRoute'
        'Get-ContainerEgress'
        'Get-EgressNat'
        'Get-EgressVeth'
        'Get-NetAdapter'
        'Get-NetIPAddress'
        'Get-NetIPConfiguration'
        'Get-NetIPInterface'
        'Get-NetNamespace'
        'Get-NetNeighbor'
        'Get-NetRoute'
        'Get-NetRouteRule'
        'Get-NetTCPConnection'
        'Get-NetUDPEndpoint'
        'New-ContainerEgress'
        'New-EgressNat'
        'New-EgressVeth'
        'New-NetAdapter'
        'New-NetIPAddress'
        'New-NetNamespace'
        'New-NetNeighbor'
        'New-NetRoute'
        'New-NetRouteRule'
        'Remove-ContainerEgress'
        'Remove-EgressNat'
        'Remove-EgressVeth'
        'Remove-NetAdapter'
        'Remove-NetIPAddress'
        'Remove-NetNamespace'
        'Remove-NetNeighbor'
        'Remove-NetRoute'
        'Remove-NetRouteRule'
        'Rename-NetAdapter'
        'Repair-ContainerEgress'
        'Restart-NetAdapter'
        'Set-NetAdapter'
        'Set-NetIPAddress'
        'Set-NetIPInterface'
        'Set-NetNeighbor'
        'Set-NetRoute'
        'Set-PointToPointGateway'
        'Test-ContainerEgress'
    )
    FunctionsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @('gip')
    PrivateData = @{
        PSData = @{
            Tags = @('Linux', 'PSEdition_Core', 'Networking', 'Containers', 'CNI', 'Netlink', 'Routing', 'veth')
            LicenseUri = 'https://github.com/egressnet/egressnet/blob/main/LICENSE'
            ProjectUri = 'https://github.com/egressnet/egressnet'
            ReleaseNotes = 'https://github.com/egressnet/egressnet/blob/main/CHANGELOG.md'
        }
    }
}
