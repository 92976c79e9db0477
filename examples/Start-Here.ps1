<#
.SYNOPSIS
Wires a throw-away container's veth on the real kernel, shows it, proves it, and removes everything.

.DESCRIPTION
Makes a network namespace of its own, runs New-ContainerVeth.ps1 in it, prints links, addresses and routes, pings the
gateway from inside, shows that the gateway is the only neighbour the container asks for, and takes all of it down
again, also after a failure or Ctrl+C.

.PARAMETER IpamPath
The IPAM result to wire: by default one IPv4 and one IPv6 address.

.EXAMPLE
dotnet run --project src/EgressNet.Shell -- examples/Start-Here.ps1
#>
#Requires -Modules EgressNet
[CmdletBinding()]
param(
    [string] $IpamPath = [IO.Path]::Combine($PSScriptRoot, 'ipam-dual.json')
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Show([string] $Title, [object[]] $Objects) {
    "`n$Title" | Out-Host
    $Objects | Out-Host
}

# One process inside the namespace for all addresses: this same program, moved there by nsenter.
function Send-Ping([string] $NetNamespace, [string[]] $Address) {
    $list = "'" + ($Address -join "','") + "'"
    $script = "foreach (`$a in $list) {
        try { [string][Net.NetworkInformation.Ping]::new().Send(`$a, 500).Status } catch { 'Unreachable' } }"
    $self = @([Environment]::ProcessPath)
    if ([IO.Path]::GetFileName($self[0]) -eq 'dotnet') {
        $self += [Environment]::GetCommandLineArgs()[0]
    }

    & nsenter --net=/run/netns/$NetNamespace -- @self -Command $script
}

# The address next to the container's own, which is another container's and which nobody has here.
function Get-Sibling([string] $Address) {
    $last = [regex]::Match($Address, '\d+$')
    $Address.Substring(0, $last.Index) + ([int]$last.Value + 1)
}

$name = 'egress-' + [guid]::NewGuid().ToString('N').Substring(0, 8)
try {
    $ns = New-NetNamespace -Name $name
}
catch {
    if ($_.FullyQualifiedErrorId -notlike 'NetAdminRequired,*') {
        throw
    }

    [Console]::Error.WriteLine(
        "Making a network namespace needs CAP_SYS_ADMIN and CAP_NET_ADMIN, which this user lacks.`n" +
        "Run it with sudo, or in a user namespace of your own:`n`n" +
        "    unshare -Urnm dotnet run --no-build --project src/EgressNet.Shell -- examples/Start-Here.ps1`n")
    exit 1
}

try {
    $interfaces = @(& ([IO.Path]::Combine($PSScriptRoot, 'New-ContainerVeth.ps1')) $IpamPath $name -WithHostSide)
    Show 'The two ends' $interfaces
    Show 'Links in the container' (Get-NetAdapter -NetNamespace $name)
    Show 'Addresses in the container' (Get-NetIPAddress -NetNamespace $name)
    Show 'Routes in the container' (Get-NetRoute -NetNamespace $name)
    Show 'The host''s end' (Get-NetAdapter -Name $interfaces[0].Name)

    $cni = @(ConvertFrom-CniResult -Path $IpamPath)
    $targets = @($cni | ForEach-Object { $_.Gateway; Get-Sibling $_.IPAddress })
    $answers = @(Send-Ping $name $targets)
    "`nPings from the container (the gateways must answer; nobody has the siblings' addresses)" | Out-Host
    for ($i = 0; $i -lt $targets.Count; $i++) {
        '    {0,-20} {1}' -f $targets[$i], $answers[$i] | Out-Host
    }

    "`nWhom the container asked for on its link: the gateways alone" | Out-Host
    & ip -n $name neigh show | ForEach-Object { "    $_" } | Out-Host
    $failed = @(for ($i = 0; $i -lt $targets.Count; $i += 2) { $answers[$i] }) -ne 'Success'
}
finally {
    Get-EgressVeth -NetNamespace $name | Remove-EgressVeth
    $ns | Remove-NetNamespace
    "`nRemoved $name and all in it." | Out-Host
}

if ($failed) {
    exit 1
}
