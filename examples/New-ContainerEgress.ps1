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
examples/New-ContainerEgress.ps1 3f2a blue ipam.json
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
$pair = @{ Name = $Name; NetNamespace = $NetNamespace; Mtu = $Mtu }
foreach ($one in 'MacAddress', 'HostMacAddress') {
    if ($PSBoundParameters.ContainsKey($one)) {
        $pair[$one] = $PSBoundParameters[$one]
    }
}

$addresses = @(EgressNet\ConvertFrom-CniResult -Path $IpamPath)
$hasIPv6 = $addresses.AddressFamily -contains 'IPv6'
$veth = EgressNet\New-EgressVeth @pair @owner
if (-not $veth) {
    return
}

$done = $false
$settings = [ordered]@{}
try {
    function Set-Setting([string] $Path, [string] $Value) {
        $before = [IO.File]::ReadAllText("/proc/sys/net/$Path").Trim()
        if ($before -ne $Value) {
            [IO.File]::WriteAllText("/proc/sys/net/$Path", $Value)
            $settings[$Path] = $before
        }
    }

    # The node forwards, does not let the container advertise itself as a router, and waits for no duplicate of an
    # address on a link with two ends.
    $end = $veth.HostInterface.Name
    Set-Setting ipv4/ip_forward 1
    Set-Setting "ipv6/conf/$end/accept_ra" 0
    if ($hasIPv6) {
        Set-Setting ipv6/conf/all/forwarding 1
        Set-Setting "ipv6/conf/$end/accept_dad" 0
        & nsenter "--net=$($veth.Sandbox)" sh -c 'echo 0 > "/proc/sys/net/ipv6/conf/$1/accept_dad"' sh $Name
    }
    else {
        Set-Setting "ipv6/conf/$end/disable_ipv6" 1
    }

    # The node's end is the gateway, and the way to the container.
    $gateways = @{}
    foreach ($address in $addresses) {
        if (-not $gateways.ContainsKey($address.Gateway)) {
            $length = if ($address.AddressFamily -eq 'IPv4') { 32 } else { 128 }
            $scope = if ($address.AddressFamily -eq 'IPv4') { 'Link' } else { 'Global' }
            $gateways[$address.Gateway] =
                EgressNet\New-NetIPAddress $address.Gateway -PrefixLength $length -Scope $scope -InterfaceAlias $end
        }

        $null = EgressNet\New-NetRoute $address.IPAddress -InterfaceAlias $end
    }

    # Packets leave the node with the address of the interface that they leave by.
    $null = $addresses | EgressNet\New-EgressNat @owner -Name $Name

    # The container sends everything to the gateway, the only neighbour that it ever asks for.
    $inside = @{ InterfaceAlias = $Name; NetNamespace = $NetNamespace }
    $null = $addresses | EgressNet\New-NetIPAddress @inside -NoPrefixRoute | EgressNet\Set-PointToPointGateway
    $null = $addresses | ForEach-Object Routes | EgressNet\New-NetRoute @inside
    $done = $true
}
finally {
    if (-not $done) {
        $veth | EgressNet\Remove-EgressVeth
        EgressNet\Get-EgressNat -ContainerId $ContainerId -ErrorAction Ignore |
            Where-Object { $_.Network -eq $Network -and $_.Name -eq $Name } | EgressNet\Remove-EgressNat
        foreach ($path in $settings.Keys -notlike '*/conf/veth*') {
            [IO.File]::WriteAllText("/proc/sys/net/$path", $settings[$path])
        }
    }
}

EgressNet\Get-ContainerEgress $ContainerId -Network $Network -Name $Name
