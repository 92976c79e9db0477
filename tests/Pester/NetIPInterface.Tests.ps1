BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
    $copies = @(
        @{ Way = 'Export-Clixml'; Copy = { $file = "$TestDrive/copy.xml"; $_ | Export-Clixml $file; Import-Clixml $file } }
        @{ Way = 'ConvertTo-Json'; Copy = { $_ | ConvertTo-Json | ConvertFrom-Json } }
        @{ Way = 'ConvertTo-Csv'; Copy = { $_ | ConvertTo-Csv | ConvertFrom-Csv } }
    )
}

Describe "NetIPInterface$obstacle" -Skip:([bool] $obstacle) {
    BeforeAll {
        . $PSScriptRoot/Support.ps1

        # A setting as the namespace has it.
        function Get-Setting([string] $Path) {
            Invoke-Ip netns exec $ns cat "/proc/sys/net/$Path"
        }
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24', 'fd00:2::5/64'
        Invoke-Ip -n $ns route add default via 192.0.2.1
    }

    AfterEach {
        Remove-IfThere $ns
    }

    It 'lists both families of what ip lists' {
        $theirs = Get-IpJson $ns 'link show' | ForEach-Object { "$($_.ifindex) $($_.ifname) $($_.mtu)" }
        $ours = Get-NetIPInterface -NetNamespace $ns
        $ours | Where-Object AddressFamily -EQ IPv4 | ForEach-Object { "$($_.ifIndex) $($_.InterfaceAlias) $($_.NlMtu)" } |
            Should -BeExactly $theirs
        @($ours) | Should -HaveCount 6
    }

    It 'says what is so on Linux under the names of Windows' {
        $four, $six = Get-NetIPInterface v0 -NetNamespace $ns
        "$($four.AddressFamily) $($four.InterfaceMetric) $($four.ifMetric) $($four.Dhcp) $($four.PolicyStore)" |
            Should -BeExactly 'IPv4 0 0 Disabled ActiveStore'
        "$($four.ConnectionState) $($six.ConnectionState) $($six.IPv6)" | Should -BeExactly 'Connected Connected Enabled'
        "$($four.IPv6)$($four.AcceptRa)$($four.Dad)$($six.RpFilter)$($six.ProxyArp)" | Should -BeNullOrEmpty
    }

    It 'follows an adapter, a route and an address' {
        "$(Get-NetAdapter v0 -NetNamespace $ns | Get-NetIPInterface)" | Should -Be 'v0 IPv4 v0 IPv6'
        "$(Get-NetRoute 0.0.0.0/0 -NetNamespace $ns | Get-NetIPInterface)" | Should -Be 'v0 IPv4'
        "$(Get-NetIPAddress fd00:2::5 -NetNamespace $ns | Get-NetIPInterface)" | Should -Be 'v0 IPv6'
        "$(Get-NetIPInterface v0 -AddressFamily IPv6 -NetNamespace $ns | Get-NetIPInterface)" | Should -Be 'v0 IPv6'
    }

    It 'filters' {
        Invoke-Ip -n $ns link set lo down
        "$(Get-NetIPInterface v* -AddressFamily IPv4 -NetNamespace $ns | Sort-Object InterfaceAlias)" | Should -Be 'v0 IPv4 v1 IPv4'
        Set-NetIPInterface v1 -AddressFamily IPv4 -Forwarding Enabled -NetNamespace $ns
        "$(Get-NetIPInterface -Forwarding Enabled -AddressFamily IPv4 -NetNamespace $ns)" | Should -Be 'v1 IPv4'
        "$(Get-NetIPInterface -Dhcp Enabled -NetNamespace $ns)" | Should -Be ''
        { Get-NetIPInterface nope -NetNamespace $ns -ErrorAction Stop } | Should -Throw '*nope*' -ErrorId 'InterfaceNotFound,*'
    }

    It 'sets both families in the right namespace and reads back' {
        $here = Get-Content /proc/sys/net/ipv4/conf/lo/forwarding
        $four, $six = Set-NetIPInterface lo -Forwarding Enabled -NetNamespace $ns -PassThru
        "$($four.Forwarding) $($six.Forwarding)" | Should -Be 'Enabled Enabled'
        Get-Setting ipv4/conf/lo/forwarding | Should -Be 1
        Get-Setting ipv6/conf/lo/forwarding | Should -Be 1
        Get-Content /proc/sys/net/ipv4/conf/lo/forwarding | Should -Be $here
    }

    It 'sets <Parameter> of <File>' -ForEach @(
        @{ Parameter = 'RpFilter'; Value = 'Loose'; File = 'ipv4/conf/v0/rp_filter'; Expected = 2 }
        @{ Parameter = 'ProxyArp'; Value = 'Enabled'; File = 'ipv4/conf/v0/proxy_arp'; Expected = 1 }
        @{ Parameter = 'AcceptRa'; Value = 'Always'; File = 'ipv6/conf/v0/accept_ra'; Expected = 2 }
        @{ Parameter = 'Dad'; Value = 'Disabled'; File = 'ipv6/conf/v0/accept_dad'; Expected = 0 }
        @{ Parameter = 'IPv6'; Value = 'Disabled'; File = 'ipv6/conf/v0/disable_ipv6'; Expected = 1 }
        @{ Parameter = 'NlMtuBytes'; Value = 1400; File = 'ipv6/conf/v0/mtu'; Expected = 1400 }
    ) {
        $given = @{ $Parameter = $Value }
        Set-NetIPInterface v0 -NetNamespace $ns @given
        Get-Setting $File | Should -Be $Expected
        $name = $Parameter -replace 'Bytes'
        (Get-NetIPInterface v0 -NetNamespace $ns).$name | Should -Contain $Value
    }

    It 'sets the MTU of the interface, and that of IPv6 alone' {
        Set-NetIPInterface v0 -NlMtuBytes 1400 -NetNamespace $ns
        (Get-IpJson $ns 'link show dev v0').mtu | Should -Be 1400
        Set-NetIPInterface v0 -AddressFamily IPv6 -NlMtu 1300 -NetNamespace $ns
        (Get-NetIPInterface v0 -NetNamespace $ns).NlMtu | Should -Be 1400, 1300
    }

    It 'tells each change, and with -WhatIf changes nothing' {
        $told = Set-NetIPInterface v0 -Forwarding Enabled -NlMtuBytes 1400 -NetNamespace $ns -Verbose 4>&1
        $told.Message | Select-Object -Skip 1 | Should -BeExactly @(
            'set link v0 mtu 1400', 'set net.ipv4.conf.v0.forwarding = 1', 'set net.ipv6.conf.v0.forwarding = 1')
        Set-NetIPInterface v0 -Forwarding Disabled -IPv6 Disabled -NetNamespace $ns -WhatIf
        (Get-NetIPInterface v0 -NetNamespace $ns).Forwarding | Should -Be 'Enabled', 'Enabled'
        Set-NetIPInterface v0 -Forwarding Enabled -NetNamespace $ns -Verbose 4>&1 | Should -BeNullOrEmpty
    }

    It 'refuses <Given> before it touches anything' -ForEach @(
        @{ Given = 'v0 -Dhcp Enabled -Forwarding Enabled'; Text = "Dhcp 'Enabled'*DHCP client*" }
        @{ Given = 'v0 -InterfaceMetric 5 -Forwarding Enabled'; Text = "InterfaceMetric '5'*RouteMetric*" }
        @{ Given = 'v0 -NlMtuBytes 1000 -Forwarding Enabled'; Text = '*1000*1280*IPv6*' }
        @{ Given = 'v0 -NlMtuBytes 9000 -AddressFamily IPv6 -Forwarding Enabled'; Text = '*9000*1500*v0*' }
        @{ Given = 'v0 -AcceptRa Disabled -AddressFamily IPv4 -Forwarding Enabled'; Text = 'AcceptRa*IPv6*v0 IPv4*' }
    ) {
        foreach ($more in '', '-WhatIf') {
            { & ([scriptblock]::Create("Set-NetIPInterface $Given -NetNamespace $ns -ErrorAction Stop $more")) } |
                Should -Throw $Text -ErrorId 'InvalidArgument,*'
        }

        (Get-NetIPInterface v0 -NetNamespace $ns).Forwarding | Should -Be 'Disabled', 'Disabled'
    }

    It 'wants an interface, by name or index' {
        { Set-NetIPInterface -Forwarding Enabled -NetNamespace $ns -ErrorAction Stop } | Should -Throw 'InterfaceAlias or InterfaceIndex*' -ErrorId 'InvalidArgument,*'
        $index = (Get-IpJson $ns 'link show dev v1').ifindex
        Set-NetIPInterface -InterfaceIndex $index -AddressFamily IPv6 -Forwarding Enabled -NetNamespace $ns
        Get-Setting ipv6/conf/v1/forwarding | Should -Be 1
        { Set-NetIPInterface v0 -InterfaceIndex $index -Forwarding Enabled -NetNamespace $ns -ErrorAction Stop } |
            Should -Throw -ErrorId 'InterfaceNotFound,*'
    }

    It 'refuses the store that Linux has not' {
        { Set-NetIPInterface v0 -PolicyStore PersistentStore -Forwarding Enabled -NetNamespace $ns } |
            Should -Throw '*PolicyStore*PersistentStore*ActiveStore*' -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'takes what is so already' {
        (Set-NetIPInterface v0 -Dhcp Disabled -PolicyStore ActiveStore -NetNamespace $ns -PassThru).Dhcp |
            Should -Be 'Disabled', 'Disabled'
    }

    It 'sets what is piped: objects, adapters, and copies by <Way>' -ForEach $copies {
        Get-NetIPInterface v0 -AddressFamily IPv4 -NetNamespace $ns | ForEach-Object $Copy | Set-NetIPInterface -Forwarding Enabled
        (Get-NetIPInterface v0 -NetNamespace $ns).Forwarding | Should -Be 'Enabled', 'Disabled'
        Get-NetAdapter v1 -NetNamespace $ns | Set-NetIPInterface -Forwarding Enabled
        (Get-NetIPInterface v1 -NetNamespace $ns).Forwarding | Should -Be 'Enabled', 'Enabled'
        $row = Get-NetIPInterface v1 -AddressFamily IPv6 -NetNamespace $ns
        Set-NetIPInterface $row -Forwarding Disabled
        (Get-NetIPInterface v1 -NetNamespace $ns).Forwarding | Should -Be 'Enabled', 'Disabled'
        $same = Get-NetIPInterface v0 -AddressFamily IPv6 -NetNamespace $ns
        ($same | ForEach-Object $Copy | Get-NetIPInterface) -eq $same | Should -BeTrue
    }

    It 'does not take another interface for the one that was read' {
        $row = Get-NetIPInterface v0 -AddressFamily IPv4 -NetNamespace $ns
        Invoke-Ip -n $ns link del v0
        { $row | Set-NetIPInterface -Forwarding Enabled -ErrorAction Stop } | Should -Throw -ErrorId 'InterfaceNotFound,*'
        Invoke-Ip -n $ns link add v0 type bridge
        { $row | Set-NetIPInterface -Forwarding Enabled -ErrorAction Stop } | Should -Throw -ErrorId 'InterfaceNotFound,*'
        Get-Setting ipv4/conf/v0/forwarding | Should -Be 0
    }

    It 'is not the same with another setting' {
        $before = Get-NetIPInterface v0 -NetNamespace $ns
        Set-NetIPInterface v0 -RpFilter Loose -NetNamespace $ns
        @(Compare-Object $before (Get-NetIPInterface v0 -NetNamespace $ns)) | Should -HaveCount 2
    }
}
