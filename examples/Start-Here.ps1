<#
.SYNOPSIS
Wires a throw-away container's veth on the real kernel, shows it, proves it, and removes everything.

.DESCRIPTION
Makes a network namespace, runs New-ContainerVeth.ps1 on it, shows links, addresses and routes, pings the container,
shows that its neighbours are reached through the gateway, and takes all of it down again, also after a failure or
Ctrl+C.

.PARAMETER IpamPath
The IPAM result to wire: by default one IPv4 and one IPv6 address.

.EXAMPLE
PS> Import-Module EgressNet; examples/Start-Here.ps1
#>
#Requires -Modules EgressNet
[CmdletBinding()]
param(
    [string] $IpamPath = "$PSScriptRoot/ipam-dual.json"
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Show([string] $Title) {
    "`n$Title" | Out-Host
    $input | Out-Host
}

$name = "egress-$(Get-SecureRandom -Maximum 1mb)"
$ns = New-NetNamespace $name
try {
    $hostEnd, $containerEnd = & $PSScriptRoot/New-ContainerVeth.ps1 $IpamPath $name -WithHostSide
    $hostEnd, $containerEnd | Show 'The two ends'
    Get-NetAdapter -NetNamespace $name | Show 'Links in the container'
    Get-NetIPAddress -NetNamespace $name | Show 'Addresses in the container'
    Get-NetRoute -NetNamespace $name | Show 'Routes in the container'
    Get-NetAdapter $hostEnd.Name | Show 'The host end'

    $addresses = ConvertFrom-CniResult -Path $IpamPath
    $pings = Test-Connection $addresses.IPAddress -Count 1 -TimeoutSeconds 5 | Select-Object Address, Status
    $pings | Show 'Pings from the host to the container'

    $addresses | ForEach-Object { ip -n $name route get ($_.IPAddress -replace '\d+$', '77') } |
        Show 'The way from the container to a neighbour'
    ip -n $name neigh show | Where-Object { $_ -notlike 'fe80:*' } | Show 'Neighbours in the container: the gateways alone'
}
finally {
    Get-EgressVeth -NetNamespace $name | Remove-EgressVeth
    $ns | Remove-NetNamespace
    "`nRemoved $name and all in it." | Out-Host
}

if ($pings.Status -ne 'Success') {
    throw 'The container does not answer.'
}
