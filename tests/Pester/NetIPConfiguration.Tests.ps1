BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Get-NetIPConfiguration$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', '192.0.2.6/24', 'fd00:2::5/64'
        'address add fe80::5/64 dev v0 nodad', 'address add 198.51.100.5/24 dev v1', 'link add down0 type veth peer name down1',
        'route add default via 192.0.2.1 metric 10', 'route add default dev v1 metric 5',
        'route add default metric 20 nexthop via 192.0.2.9 nexthop via 198.51.100.9',
        'route add default via 192.0.2.77 table 100', 'route add default via fd00:2::1' | Invoke-Ip -n $ns -batch -
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It 'has the alias of Windows' {
        (Get-Alias gip).Definition | Should -BeExactly Get-NetIPConfiguration
    }

    It 'has what belongs to the interface, and no other''s' {
        $seen = Get-NetIPConfiguration v0 -NetNamespace $ns
        $seen | Should -BeOfType 'EgressNet.NetIPConfiguration'
        "$($seen.InterfaceAlias) $($seen.ifIndex) $($seen.InterfaceDescription)" |
            Should -Be "v0 $((Get-IpJson $ns 'link show dev v0').ifindex) veth"
        $seen.IPv4Address.IPAddress | Should -Be '192.0.2.5', '192.0.2.6'
        $seen.IPv6Address.IPAddress | Should -Be 'fd00:2::5'
        $seen.IPv6LinkLocalAddress.IPAddress | Should -Be 'fe80::5'
        $seen.IPv4DefaultGateway[0].NextHop | Should -Be '192.0.2.1'
        $seen.IPv6DefaultGateway.NextHop | Should -Be 'fd00:2::1'
        "$($seen.NetAdapter) $($seen.NetIPv4Interface) $($seen.NetIPv6Interface)" | Should -Be 'v0 v0 IPv4 v0 IPv6'
    }

    It 'shows the gateways by this interface, by metric' {
        $rows = Get-NetIPConfiguration v0, v1 -NetNamespace $ns | ConvertTo-Csv | ConvertFrom-Csv | Sort-Object InterfaceAlias
        $rows.IPv4DefaultGateway | Should -BeExactly '192.0.2.1, 192.0.2.9', '198.51.100.9'
        $list = Get-NetIPConfiguration v0 -NetNamespace $ns | Out-String
        $list | Should -Match 'IPv4DefaultGateway +: 192\.0\.2\.1\n +192\.0\.2\.9'
    }

    It 'leaves out the loopback and what is down, unless asked' {
        (Get-NetIPConfiguration -NetNamespace $ns).InterfaceAlias | Sort-Object | Should -Be 'v0', 'v1'
        (Get-NetIPConfiguration -All -NetNamespace $ns).InterfaceAlias | Sort-Object | Should -Be 'down0', 'down1', 'lo', 'v0', 'v1'
        (Get-NetIPConfiguration lo, d*0 -NetNamespace $ns).InterfaceAlias | Sort-Object | Should -Be 'down0', 'lo'
        { Get-NetIPConfiguration nope -NetNamespace $ns -ErrorAction Stop } | Should -Throw '*nope*' -ErrorId 'InterfaceNotFound,*'
    }

    It 'follows an adapter and an index' {
        (Get-NetAdapter v1 -NetNamespace $ns | Get-NetIPConfiguration).InterfaceAlias | Should -Be 'v1'
        $index = (Get-IpJson $ns 'link show dev v1').ifindex
        (Get-NetIPConfiguration -InterfaceIndex $index -NetNamespace $ns).InterfaceAlias | Should -Be 'v1'
    }

    It 'has the name servers of its namespace' {
        $usual = (Get-NetIPConfiguration v0 -NetNamespace $ns).DNSServer
        $theirs = @(Get-Content /etc/resolv.conf) -match '^nameserver\s' -replace '^nameserver\s+' | Select-Object -First 3
        $usual.ServerAddresses | Sort-Object | Should -Be ($theirs | Sort-Object)
        $null = New-Item -ItemType Directory -Force "/etc/netns/$ns"
        try {
            Set-Content "/etc/netns/$ns/resolv.conf" '# none', 'nameserver 192.0.2.53', 'nameserver fd00:2::53', 'nameserver 192.0.2.54'
            $own = (Get-NetIPConfiguration v0 -NetNamespace $ns).DNSServer
            "$($own.AddressFamily)" | Should -Be 'IPv4 IPv6'
            $own.ServerAddresses | Should -Be '192.0.2.53', '192.0.2.54', 'fd00:2::53'
            "$((Get-NetIPConfiguration v0 -NetNamespace /run/netns/$ns).DNSServer[0])" | Should -Be '192.0.2.53, 192.0.2.54'
        }
        finally {
            Remove-Item -Recurse "/etc/netns/$ns"
        }
    }

    It 'is a list as on Windows, longer with -Detailed' {
        $short = (Get-NetIPConfiguration v1 -NetNamespace $ns | Out-String).Trim().Split("`n") -replace ' *:.*'
        $short | Select-Object -First 3 | Should -BeExactly 'InterfaceAlias', 'InterfaceIndex', 'InterfaceDescription'
        $short | Should -Contain 'DNSServer'
        $short | Should -Not -Contain 'NetIPv4Interface.NlMtu'
        $long = Get-NetIPConfiguration v1 -Detailed -NetNamespace $ns | Out-String
        $long | Should -Match 'NetAdapter\.Status +: Up'
        $long | Should -Match 'NetIPv4Interface\.NlMtu +: 1500'
        $long | Should -Match 'NetAdapter\.LinkLayerAddress +: ([0-9a-f]{2}:){5}'
    }

    It 'becomes JSON with all that it has' {
        $json = Get-NetIPConfiguration v0 -NetNamespace $ns | ConvertTo-Json -Depth 4 -WarningVariable warned | ConvertFrom-Json
        $warned | Should -BeNullOrEmpty
        $json.IPv4Address[0].IPAddress | Should -Be '192.0.2.5'
        $json.NetIPv4Interface.NlMtu | Should -Be 1500
    }
}
