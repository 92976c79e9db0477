<#
.SYNOPSIS
Wires a container's point-to-point veth from a CNI IPAM result.

.DESCRIPTION
The container's end gets each address of the result. All its traffic goes to the gateway, which is the only neighbour
it ever asks for. The routes of the result, its default route first of all, go via the gateway too. Returns both
interfaces.

.PARAMETER IpamPath
The result of an IPAM plugin, as host-local prints it.

.PARAMETER NetNamespace
The container's network namespace: a name, a path or a process id.

.PARAMETER Name
The name of the container's interface.

.PARAMETER Mtu
The MTU of both ends in bytes.

.PARAMETER WithHostSide
Also give the gateway address and the routes to the container to the host's end, so that the gateway answers.

.EXAMPLE
examples/New-ContainerVeth.ps1 -IpamPath ipam.json -NetNamespace blue
#>
#Requires -Modules EgressNet
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $IpamPath,

    [Parameter(Mandatory, Position = 1)]
    [string] $NetNamespace,

    [string] $Name = 'v4if0',

    [int] $Mtu = 9001,

    [switch] $WithHostSide
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$addresses = @(EgressNet\ConvertFrom-CniResult -Path $IpamPath)
$veth = EgressNet\New-EgressVeth -Name $Name -NetNamespace $NetNamespace -Mtu $Mtu
if (-not $veth) {
    return
}

$done = $false
try {
    $end = @{ InterfaceAlias = $veth.InterfaceAlias; NetNamespace = $veth.NetNamespace }
    $null = $addresses | EgressNet\New-NetIPAddress @end | EgressNet\Set-PointToPointGateway
    $null = $addresses | ForEach-Object Routes | EgressNet\New-NetRoute @end

    if ($WithHostSide) {
        $hostEnd = @{ InterfaceAlias = $veth.HostInterface.Name }
        $gateways = @{}
        foreach ($address in $addresses) {
            if (-not $gateways.ContainsKey($address.Gateway)) {
                $length = if ($address.AddressFamily -eq 'IPv4') { 32 } else { 128 }
                $gateways[$address.Gateway] =
                    EgressNet\New-NetIPAddress $address.Gateway -PrefixLength $length -Scope Link @hostEnd
            }

            $null = EgressNet\New-NetRoute $address.IPAddress @hostEnd
        }
    }

    $done = $true
}
finally {
    if (-not $done) {
        $veth | EgressNet\Remove-EgressVeth
    }
}

$veth.HostInterface | ForEach-Object {
    [pscustomobject]@{ Name = $_.Name; Mac = $_.MacAddress; Sandbox = $null }
}
$veth.ContainerInterface | ForEach-Object {
    [pscustomobject]@{ Name = $_.Name; Mac = $_.MacAddress; Sandbox = $veth.Sandbox }
}
