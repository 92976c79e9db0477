BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

# Each route beside the words of ip that make the same one.
Describe "New-NetRoute as ip route$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', 'fd00:2::5/64'
        Invoke-Ip -n $ns address add 198.51.100.5/24 dev v1
        $before = Get-Dump $ns
    }

    AfterEach {
        Remove-IfThere $ns
    }

    It 'makes what ip makes: <Words>' -ForEach @(
        @{ Given = @{ NextHop = '192.0.2.1', '198.51.100.1' }; Words = 'nexthop via 192.0.2.1 nexthop via 198.51.100.1' }
        @{ Given = @{ NextHop = '192.0.2.1', '198.51.100.1'; Weight = 3, 256 }
            Words = 'nexthop via 192.0.2.1 weight 3 nexthop via 198.51.100.1 weight 256' }
        @{ Given = @{ NextHop = '192.0.2.1', '192.0.2.2'; InterfaceAlias = 'v0' }
            Words = 'nexthop via 192.0.2.1 dev v0 nexthop via 192.0.2.2 dev v0' }
        @{ Given = @{ NextHop = '203.0.113.1', '203.0.113.2'; InterfaceAlias = 'v0', 'v1'; OnLink = $true }
            Words = 'nexthop via 203.0.113.1 dev v0 onlink nexthop via 203.0.113.2 dev v1 onlink' }
        @{ Given = @{ InterfaceAlias = 'v0', 'v1'; Weight = 1, 2 }; Words = 'nexthop dev v0 nexthop dev v1 weight 2' }
        @{ Given = @{ NextHop = '192.0.2.1', 'fd00:2::1'; InterfaceAlias = 'v0' }
            Words = 'nexthop via 192.0.2.1 dev v0 nexthop via inet6 fd00:2::1 dev v0' }
        @{ Given = @{ NextHop = '192.0.2.1', '0.0.0.0'; InterfaceAlias = 'v0', 'v1' }; Words = 'nexthop via 192.0.2.1 dev v0 nexthop dev v1' }
        @{ Given = @{ NextHop = 'fd00:2::1', 'fd00:2::2'; Weight = 5, 6 }; Words = 'nexthop via fd00:2::1 weight 5 nexthop via fd00:2::2 weight 6' }
        @{ Given = @{ NextHop = 'fe80::1'; InterfaceAlias = 'v0', 'v1' }; Words = 'nexthop via fe80::1 dev v0 nexthop via fe80::1 dev v1' }
        @{ Given = @{ InterfaceAlias = 'v0'; HopLimit = 33; Window = 9000; InitialCongestionWindow = 20; InitialReceiveWindow = 30 }
            Words = 'dev v0 hoplimit 33 window 9000 initcwnd 20 initrwnd 30' }
        @{ Given = @{ InterfaceAlias = 'v0'; Rtt = 100; MinimumRto = 200; QuickAck = $true; Ecn = $true }
            Words = 'dev v0 rtt 100ms rto_min 200ms quickack 1 features ecn' }
        @{ Given = @{ InterfaceAlias = 'v0'; CongCtl = 'reno'; Mtu = 1400; AdvMss = 1300; Lock = 'Mtu' }
            Words = 'dev v0 congctl reno mtu lock 1400 advmss 1300' }
        @{ Given = @{ NextHop = '192.0.2.1', '198.51.100.1'; Mtu = 1400; RouteMetric = 9; Protocol = 'NetMgmt'; RouteTable = 100 }
            Words = 'table 100 metric 9 proto static mtu 1400 nexthop via 192.0.2.1 nexthop via 198.51.100.1' }
    ) {
        $destination = $Words.Contains('via f') ? 'fd10::/48' : '10.9.0.0/16'
        $made = New-NetRoute $destination @Given -NetNamespace $ns
        $family = $destination -eq 'fd10::/48' ? '-6' : '-4'
        $ours = Get-IpJson $ns "$family route show table all $destination" | ConvertTo-Json -Depth 5
        $words2 = $Words.Split(' ')
        $made | Remove-NetRoute
        Assert-Same $before (Get-Dump $ns)
        Invoke-Ip -n $ns $family route add $destination @words2
        $ours | Should -BeExactly (Get-IpJson $ns "$family route show table all $destination" | ConvertTo-Json -Depth 5)
        Get-NetRoute $destination -RouteTable all -NetNamespace $ns | Should -Be $made
    }

    It 'appends as ip does: <Words>' -ForEach @(
        @{ Given = @{ InterfaceAlias = 'v1' }; Words = '10.9.0.0/16 dev v1'; First = '10.9.0.0/16 dev v0' }
        @{ Given = @{ NextHop = '192.0.2.9' }; Words = '10.9.0.0/16 via 192.0.2.9'; First = '10.9.0.0/16 via 192.0.2.1' }
        @{ Given = @{ NextHop = 'fd00:2::9' }; Words = 'fd10::/48 via fd00:2::9'; First = 'fd10::/48 via fd00:2::1' }
        @{ Given = @{ NextHop = 'fd00:2::9' }; Words = 'fd10::/48 via fd00:2::9'; First = 'fd10::/48 nexthop via fd00:2::1 nexthop via fd00:2::2' }
    ) {
        $family = $Words.Contains('fd10') ? '-6' : '-4'
        $destination, $words2 = $Words.Split(' ')
        $first = $First.Split(' ')
        Invoke-Ip -n $ns $family route add @first
        $made = New-NetRoute $destination @Given -Append -NetNamespace $ns
        $ours = Invoke-Ip -n $ns $family route show $destination
        $made | Should -Be @(Get-NetRoute $destination -NetNamespace $ns)[-1]
        Invoke-Ip -n $ns $family route flush $destination
        Invoke-Ip -n $ns $family route add @first
        Invoke-Ip -n $ns $family route append $destination @words2
        $ours | Should -BeExactly (Invoke-Ip -n $ns $family route show $destination)
        { New-NetRoute $destination @Given -Append -NetNamespace $ns -WhatIf -ErrorAction Stop } | Should -Throw -ErrorId 'RouteAlreadyExists,*'
        { New-NetRoute $destination @Given -Append -NetNamespace $ns -ErrorAction Stop } | Should -Throw -ErrorId 'RouteAlreadyExists,*'
    }

    It 'lets an IPv6 route run out' {
        $null = New-NetRoute fd10::/48 -NextHop fd00:2::1 -ValidLifetime 01:00:00 -NetNamespace $ns
        (Get-IpJson $ns '-6 route show fd10::/48').expires | Should -BeGreaterThan 3500
        $null = New-NetRoute fd11::/48 -NextHop fd00:2::1 -ValidLifetime ([timespan]::MaxValue) -NetNamespace $ns
        (Get-IpJson $ns '-6 route show fd11::/48').expires | Should -BeNullOrEmpty
    }

    It 'takes the habits of Windows' {
        $made = New-NetRoute -DestinationPrefix 10.9.0.0/16 -InterfaceAlias v0 -AddressFamily IPv4 -NextHop 192.0.2.1 -RouteMetric 5 `
            -Publish No -PolicyStore ActiveStore -Confirm:$false -NetNamespace $ns
        "$made $($made.NextHop) $($made.RouteMetric)" | Should -BeExactly '10.9.0.0/16 192.0.2.1 5'
        (Get-NetAdapter v0 -NetNamespace $ns | New-NetRoute -DestinationPrefix 10.8.0.0/16).InterfaceAlias | Should -Be 'v0'
    }

    It 'keeps the hops with Set-NetRoute, unless it sets another' {
        $null = New-NetRoute 10.9.0.0/16 -NextHop 192.0.2.1, 198.51.100.1 -NetNamespace $ns
        $changed = Get-NetRoute 10.9.0.0/16 -NetNamespace $ns | Set-NetRoute -Mtu 1400 -PassThru
        $changed.NextHops.Gateway | Should -Be '192.0.2.1', '198.51.100.1'
        $changed = $changed | ConvertTo-Json | ConvertFrom-Json | Set-NetRoute -RouteMetric 7 -PassThru
        $changed.NextHops.Gateway | Should -Be '192.0.2.1', '198.51.100.1'
        $changed = $changed | Set-NetRoute -NextHop 198.51.100.9 -PassThru
        Get-RouteText $ns '-4 route show 10.9.0.0/16' | Should -BeExactly '10.9.0.0/16 via 198.51.100.9 dev v1 metric 7 mtu 1400'
    }

    It 'replaces one next hop by several with -Force' {
        Invoke-Ip -n $ns route add 10.9.0.0/16 via 192.0.2.1
        $made = New-NetRoute 10.9.0.0/16 -NextHop 192.0.2.1, 198.51.100.1 -Force -NetNamespace $ns
        $made.NextHops | Should -HaveCount 2
        (Get-IpJson $ns '-4 route show 10.9.0.0/16').nexthops.gateway | Should -Be '192.0.2.1', '198.51.100.1'
    }

    It 'refuses <Text>' -ForEach @(
        @{ Text = '-NextHop 192.0.2.1, 192.0.2.2, 192.0.2.3 -Weight 1, 2'; Says = 'Weight has 2 values, and there are 3 next hops*' }
        @{ Text = '-NextHop 192.0.2.1, 192.0.2.2, 192.0.2.3 -InterfaceAlias v0, v1'; Says = 'InterfaceAlias has 2 values, and there are 3 next hops*' }
        @{ Text = '-NextHop 192.0.2.1, 192.0.2.2 -InterfaceAlias v0, v0, v1'; Says = 'NextHop has 2 values, and there are 3 next hops*' }
        @{ Text = '-NextHop 192.0.2.1 -Weight 2'; Says = 'Weight is a share among several*' }
        @{ Text = '-NextHop 192.0.2.1, 192.0.2.2 -Weight 0, 1'; Says = "*'Weight'*" }
        @{ Text = '-NextHop 192.0.2.1, 192.0.2.2 -Weight 1, 257'; Says = "*'Weight'*257*" }
        @{ Text = '-NextHop 192.0.2.1, $null'; Says = "*'NextHop'*" }
        @{ Text = '-NextHop 192.0.2.1, fd00:2::x'; Says = "*'NextHop'*'fd00:2::x'*" }
        @{ Text = '-InterfaceAlias v0, v1 -InterfaceIndex 2'; Says = 'InterfaceAlias has 2 values, and InterfaceIndex 1*' }
        @{ Text = '-InterfaceAlias v0, nope'; Says = "*'nope'*" }
        @{ Text = '-NextHop 192.0.2.1 -Append -Force'; Says = 'Append leaves*' }
        @{ Text = '-NextHop 192.0.2.1 -ValidLifetime 01:00:00'; Says = "ValidLifetime '01:00:00'*only IPv6*" }
        @{ Text = '-NextHop 192.0.2.1 -AddressFamily IPv6'; Says = "AddressFamily 'IPv6' is not that of DestinationPrefix '10.9.0.0/16'*" }
        @{ Text = '-NextHop 192.0.2.1 -Publish Yes'; Says = "*'Publish'*'Yes' is not taken, only 'No': *" }
        @{ Text = '-NextHop 192.0.2.1 -PolicyStore PersistentStore'; Says = "*'PersistentStore' is not taken*" }
        @{ Text = '-NextHop 192.0.2.1 -Lock Window'; Says = "Lock 'Window'*" }
        @{ Text = '-NextHop 192.0.2.1 -HopLimit 256'; Says = "*'HopLimit'*256*" }
        @{ Text = '-NextHop 192.0.2.1 -CongestionControl nosuch'; Says = '*' }
    ) {
        { & ([scriptblock]::Create("New-NetRoute 10.9.0.0/16 $Text -NetNamespace `$ns -ErrorAction Stop")) } | Should -Throw $Says
        Assert-Same $before (Get-Dump $ns)
    }
}
