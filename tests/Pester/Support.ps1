# What the specs share: network namespaces of their own, and ip as the judge of what the kernel has. To start a program
# costs more than most cmdlets do.

$programs = @{}

# Why live specs cannot run here, as the tail of a block's name; empty where they can.
function Get-Obstacle {
    if (-not (Test-Program ip)) {
        return ' (needs the ip program)'
    }

    $name = Get-NewName
    $said = ip netns add $name 2>&1
    if ($LASTEXITCODE -ne 0) {
        return " (needs root, or build.ps1 inside unshare -Urnm: $said)"
    }

    $null = ip netns del $name 2>&1
    ''
}

# Whether a program is there. Get-Command takes longer than nft itself.
function Test-Program([string] $Name) {
    $programs[$Name] ??= [bool] (Get-Command -Name $Name -CommandType Application -ErrorAction Ignore)
    $programs[$Name]
}

function Get-NewName([string] $Stem = 'egp') {
    '{0}{1:x8}' -f $Stem, (Get-Random)
}

# What ip prints; lines piped in are for -batch. ip also complains of others' namespaces that go while it looks.
function Invoke-Ip {
    $said = @($input | ip @args 2>&1)
    if ($LASTEXITCODE -ne 0) {
        throw "ip $args`: $said"
    }

    $said | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] }
}

# A new namespace; with -Link, with the veth pair v0 and v1 inside, both up, without link-local addresses.
function Get-FreshNamespace([switch] $Link, [string[]] $Address) {
    $name = Get-NewName
    $null = New-NetNamespace $name
    if (-not $Link) {
        Invoke-Ip -n $name link set lo up
        return $name
    }

    @(
        'link set lo up'
        'link add v0 type veth peer name v1'
        'link set v0 addrgenmode none up'
        'link set v1 addrgenmode none up'
        foreach ($one in $Address) {
            "address add $one dev v0 $(if ($one.Contains(':')) { 'nodad' })"
        }
    ) | Invoke-Ip -n $name -batch -
    # The kernel makes the route of an IPv6 address in its own time.
    $wanted = @($Address | Where-Object { $_ -like "*:*" }).Count
    for ($i = 0; $wanted -gt 0 -and $i -lt 100; $i++) {
        if (@(Invoke-Ip -n $name -6 route show table local type local dev v0).Count -ge $wanted) {
            break
        }

        Start-Sleep -Milliseconds 20
    }

    $name
}

function Remove-IfThere([string[]] $Namespace) {
    if ($names = @($Namespace | Where-Object { $_ })) {
        Remove-NetNamespace -Name $names -ErrorAction Ignore
    }
}

# What ip -j -d says, object by object; it fills lists of another family's objects with empty ones.
function Get-IpJson([string] $Namespace, [string] $Query) {
    $words = $Query.Split(' ')
    Invoke-Ip -n $Namespace -j -d @words | ConvertFrom-Json | Where-Object { "$_" }
}

function Get-IpAddress([string] $Namespace, [string] $Device = 'v0') {
    (Get-IpJson $Namespace "address show dev $Device").addr_info
}

# The lines of ip, without the blank that ends each.
function Get-RouteText([string] $Namespace, [string] $Query = '-4 route show') {
    $words = $Query.Split(' ')
    Invoke-Ip -n $Namespace @words | Where-Object { $_ -notmatch '^fe80:' } | ForEach-Object Trim
}

# Everything that a spec could disturb in a namespace; not the carrier and link-local addresses, which come in their
# own time.
function Get-Dump([string] $Namespace) {
    $lines = 'link show', 'address show', 'route show table all' | Invoke-Ip -n $Namespace -d -o -batch -
    $lines.Trim() -notmatch 'fe80:' -replace 'NO-CARRIER,|,LOWER_UP| state [A-Z]+| linkdown' -join "`n"
}

# That two dumps are alike; says only the lines that are not.
function Assert-Same([string] $Before, [string] $After) {
    Compare-Object $Before.Split("`n") $After.Split("`n") -CaseSensitive |
        ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    $After | Should -BeExactly $Before -Because 'the order stays'
}

# What an error shows of a text.
function Get-ShownText([string] $Text) {
    $Text -replace '\p{Cc}', "`u{FFFD}"
}
