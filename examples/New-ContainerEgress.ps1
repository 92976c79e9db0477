<#
.SYNOPSIS
Gives a container its whole egress, line by line: what the cmdlet New-ContainerEgress does at once.

.DESCRIPTION
Wires a veth pair between the node and the container, lets the node answer for the gateway and route to the container,
translates the container's addresses where packets leave the node, and sends all the container's traffic to the
gateway. Run it on the node. Where a line fails, all before it is taken back.

.PARAMETER ContainerId
The container's id, by which Get-ContainerEgress finds its egress and Remove-ContainerEgress removes it.

.PARAMETER NetNamespace
The container's network namespace: a name, a path or a process id.

.PARAMETER IpamPath
The result of an IPAM plugin, as host-local prints it.

.PARAMETER Network
The network's name.

.PARAMETER Name
The name of the container's interface.

.PARAMETER Mtu
The MTU of both ends in bytes.

.PARAMETER MacAddress
The MAC address of the container's end; a random one if not given.

.PARAMETER HostMacAddress
The MAC address of the node's end; a random one if not given.

.EXAMPLE
PS> examples/New-ContainerEgress.ps1 3f2a blue ipam.json
#>
#Requires -Modules EgressNet
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $ContainerId,

    [Parameter(Mandatory, Position = 1)]
    [string] $NetNamespace,

    [Parameter(Mandatory, Position = 2)]
    [string] $IpamPath,

    [string] $Network = 'egress',

    [string] $Name = 'eg0',

    [int] $Mtu = 1500,

    [string] $MacAddress,

    [string] $HostMacAddress
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$owner = @{ ContainerId = $ContainerId; Network = $Network }
$macAddresses = @{}
$PSBoundParameters.Keys -like '*MacAddress' | ForEach-Object { $macAddresses[$_] = $PSBoundParameters[$_] }

$addresses = ConvertFrom-CniResult -Path $IpamPath
$veth = New-EgressVeth $Name $NetNamespace -Mtu $Mtu @macAddresses @owner
if (-not $veth) {
    return
}

$done = $false
$settings = [ordered]@{}
try {
    function Set-Setting([string] $Path, [string] $Value) {
        $before = Get-Content "/proc/sys/net/$Path"
        if ($before -ne $Value) {
            $Value > "/proc/sys/net/$Path"
            $settings[$Path] = $before
        }
    }

    # The node forwards, does not let the container advertise itself as a router, and waits for no duplicate of an
    # address on a link with two ends.
    $hostEnd = $veth.HostInterface.Name
    Set-Setting ipv4/ip_forward 1
    Set-Setting "ipv6/conf/$hostEnd/accept_ra" 0
    if ($addresses.AddressFamily -contains 'IPv6') {
        Set-Setting ipv6/conf/all/forwarding 1
        Set-Setting "ipv6/conf/$hostEnd/accept_dad" 0
        nsenter "--net=$($veth.Sandbox)" sh -c 'echo 0 > "/proc/sys/net/ipv6/conf/$1/accept_dad"' sh $Name
    }
    else {
        Set-Setting "ipv6/conf/$hostEnd/disable_ipv6" 1
    }

    # The host end is the gateway, and the way to the container.
    foreach ($gateway in $addresses | Sort-Object Gateway -Unique) {
        $is = $gateway.AddressFamily -eq 'IPv4' ? @{ PrefixLength = 32; Scope = 'Link' } : @{ PrefixLength = 128 }
        New-NetIPAddress $gateway.Gateway -InterfaceAlias $hostEnd @is | Out-Null
    }

    $addresses | ForEach-Object { New-NetRoute $_.IPAddress -InterfaceAlias $hostEnd } | Out-Null

    # Packets leave the node with the address of the interface that they leave by.
    $addresses | New-EgressNat @owner -Name $Name | Out-Null

    # The container sends everything to the gateway, the only neighbour that it ever asks for.
    $inside = @{ InterfaceAlias = $Name; NetNamespace = $NetNamespace }
    $addresses | New-NetIPAddress @inside -NoPrefixRoute | Set-PointToPointGateway | Out-Null
    $addresses | ForEach-Object Routes | New-NetRoute @inside | Out-Null
    $done = $true
}
finally {
    if (-not $done) {
        $veth | Remove-EgressVeth
        Get-EgressNat -ContainerId $ContainerId -ErrorAction Ignore |
            Where-Object { $_.Network -eq $Network -and $_.Name -eq $Name } | Remove-EgressNat
        $settings.Keys -notlike '*/conf/veth*' | ForEach-Object { $settings[$_] > "/proc/sys/net/$_" }
    }
}

Get-ContainerEgress $ContainerId -Network $Network -Name $Name
