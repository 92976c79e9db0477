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
PS> examples/New-ContainerVeth.ps1 -IpamPath ipam.json -NetNamespace blue
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

$addresses = ConvertFrom-CniResult -Path $IpamPath
$veth = New-EgressVeth $Name $NetNamespace -Mtu $Mtu
if (-not $veth) {
    return
}

$done = $false
try {
    $containerEnd = @{ InterfaceAlias = $Name; NetNamespace = $NetNamespace }
    $addresses | New-NetIPAddress @containerEnd | Set-PointToPointGateway | Out-Null
    $addresses | ForEach-Object Routes | New-NetRoute @containerEnd | Out-Null

    if ($WithHostSide) {
        $hostEnd = @{ InterfaceAlias = $veth.HostInterface.Name }
        foreach ($gateway in $addresses | Sort-Object Gateway -Unique) {
            $own = $gateway.AddressFamily -eq 'IPv4' ? @{ PrefixLength = 32; Scope = 'Link' } : @{ PrefixLength = 128 }
            New-NetIPAddress $gateway.Gateway @own @hostEnd | Out-Null
        }

        $addresses | ForEach-Object { New-NetRoute $_.IPAddress @hostEnd } | Out-Null
    }

    $done = $true
}
finally {
    if (-not $done) {
        $veth | Remove-EgressVeth
    }
}

$veth.HostInterface | Select-Object Name, @{ Name = 'Mac'; Expression = 'MacAddress' }, Sandbox
$veth.ContainerInterface |
    Select-Object Name, @{ Name = 'Mac'; Expression = 'MacAddress' }, @{ Name = 'Sandbox'; Expression = { $veth.Sandbox } }
