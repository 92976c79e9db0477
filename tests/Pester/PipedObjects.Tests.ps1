BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "What a piped object means to Get$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', '192.0.2.6/24', 'fd00:2::5/64'
        '', 'metric 7', 'metric 7 table 100' | ForEach-Object { "route add 198.51.100.0/24 via 192.0.2.1 $_" } |
            Invoke-Ip -n $ns -batch -
        'eth0', 'eth1' | ForEach-Object { New-EgressVeth $_ $ns } | Out-Null
    }

    AfterAll {
        Remove-IfThere $ns
    }

    It 'the route that it is: metric <Metric>, table <Table>' -ForEach @(
        @{ Metric = 0; Table = 254 }, @{ Metric = 7; Table = 254 }, @{ Metric = 7; Table = 100 }
    ) {
        $route = Get-NetRoute 198.51.100.0/24 -RouteMetric $Metric -RouteTable $Table -NetNamespace $ns
        $copy = $route | ConvertTo-Json | ConvertFrom-Json
        $route, $copy | Get-NetRoute | Should -Be $route, $route
        $route | Get-NetRoute -Protocol Static | Should -BeNullOrEmpty
        $route | Get-NetRoute -Protocol Boot -RouteTable $Table | Should -Be $route
        $route | Get-NetRoute -AddressFamily IPv6 | Should -BeNullOrEmpty
    }

    It 'the address that it is' {
        $address = Get-NetIPAddress 192.0.2.6 -NetNamespace $ns
        $address, ($address | ConvertTo-Json | ConvertFrom-Json) | Get-NetIPAddress | Should -Be $address, $address
        $address | Get-NetIPAddress -AddressFamily IPv6 | Should -BeNullOrEmpty
    }

    It 'an error where it is gone' {
        Invoke-Ip -n $ns route add 203.0.113.0/24 via 192.0.2.1
        Invoke-Ip -n $ns address add 203.0.113.5/32 dev v0
        $gone = Get-NetRoute 203.0.113.0/24 -NetNamespace $ns
        $left = Get-NetIPAddress 203.0.113.5 -NetNamespace $ns
        Invoke-Ip -n $ns route del 203.0.113.0/24
        Invoke-Ip -n $ns address del 203.0.113.5/32 dev v0
        { $gone | Get-NetRoute -ErrorAction Stop } | Should -Throw -ErrorId 'RouteNotFound,*'
        { $left | Get-NetIPAddress -ErrorAction Stop } | Should -Throw -ErrorId 'AddressNotFound,*'
    }

    It 'its interface and namespace, for objects of another noun' {
        $adapter = Get-NetAdapter v0 -NetNamespace $ns
        ($adapter | Get-NetRoute -AddressFamily IPv4).InterfaceAlias | Sort-Object -Unique | Should -Be 'v0'
        ($adapter | Get-NetIPAddress -AddressFamily IPv4).IPAddress | Should -Be '192.0.2.5', '192.0.2.6'
        $adapter | Get-NetAdapter | Should -Be $adapter
    }

    It 'the veth pair that it is, or is an end of' {
        $veth = Get-EgressVeth eth0 -NetNamespace $ns
        $json = $veth | ConvertTo-Json | ConvertFrom-Json
        $veth, $json, $veth.ContainerInterface | Get-EgressVeth | Should -Be $veth, $veth, $veth
        $veth | Get-EgressVeth eth1 -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-EgressVeth -InterfaceAlias eth* -NetNamespace $ns | Should -HaveCount 2
        Get-NetNamespace $ns | Get-EgressVeth | Should -HaveCount 2
    }

    It 'nothing, if it has <Parameter> empty, to <Command>' -ForEach @(
        foreach ($none in $null, '', @()) {
            @{ Command = 'Get-NetRoute'; Parameter = 'InterfaceAlias'; None = $none }
            @{ Command = 'Get-NetIPAddress'; Parameter = 'InterfaceAlias'; None = $none }
            @{ Command = 'Get-NetAdapter'; Parameter = 'InterfaceAlias'; None = $none }
            @{ Command = 'Get-EgressVeth'; Parameter = 'InterfaceAlias'; None = $none }
            @{ Command = 'Get-ContainerEgress'; Parameter = 'ContainerId'; None = $none }
            @{ Command = 'Test-ContainerEgress'; Parameter = 'ContainerId'; None = $none }
            @{ Command = 'Get-EgressNat'; Parameter = 'ContainerId'; None = $none }
            @{ Command = 'Get-EgressNat'; Parameter = 'IPAddress'; None = $none }
            @{ Command = 'Get-NetNamespace'; Parameter = 'Name'; None = $none }
        }
        @{ Command = 'Get-EgressVeth'; Parameter = 'NetNamespace'; None = $null }
    ) {
        { [pscustomobject]@{ $Parameter = $None } | & $Command -ErrorAction Stop } |
            Should -Throw "*$Parameter is null or empty*"
    }

    It 'nothing, if a script block lacks <Parameter>, to <Command>' -ForEach @(
        @{ Command = 'Remove-NetRoute'; Parameter = 'InterfaceAlias'; Others = @{ DestinationPrefix = '198.51.100.0/24'; Force = $true } }
        @{ Command = 'Remove-NetRoute'; Parameter = 'InterfaceIndex'; Others = @{ DestinationPrefix = '198.51.100.0/24'; Force = $true } }
        @{ Command = 'Remove-NetIPAddress'; Parameter = 'InterfaceAlias'; Others = @{ IPAddress = '192.0.2.5' } }
        @{ Command = 'Set-NetRoute'; Parameter = 'InterfaceAlias'; Others = @{ DestinationPrefix = '192.0.2.0/24'; Mtu = 1400 } }
        @{ Command = 'Get-NetRoute'; Parameter = 'InterfaceIndex'; Others = @{} }
        @{ Command = 'Remove-ContainerEgress'; Parameter = 'Network'; Others = @{ ContainerId = '*' } }
    ) {
        $before = Get-Dump $ns
        $Others[$Parameter] = { $_.Typo }
        { [pscustomobject]@{ NetNamespace = $ns } | & $Command @Others -ErrorAction Stop } |
            Should -Throw "*$Parameter is null or empty*"
        Assert-Same $before (Get-Dump $ns)
    }
}
