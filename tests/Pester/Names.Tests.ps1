BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "Names$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
    }

    BeforeEach {
        $ns = Get-FreshNamespace
        Invoke-Ip -n $ns link add 'x[1]' type veth peer name x1
        Invoke-Ip -n $ns address add 192.0.2.1/24 dev 'x[1]'
        Invoke-Ip -n $ns address add 192.0.2.2/24 dev x1
    }

    AfterEach {
        Remove-IfThere $ns
    }

    It 'takes an escaped wildcard for the name itself in <Command>' -ForEach @(
        @{ Command = 'Get-NetAdapter'; Parameter = 'Name' }
        @{ Command = 'Get-NetAdapter'; Parameter = 'InterfaceAlias' }
        @{ Command = 'Get-NetIPAddress'; Parameter = 'InterfaceAlias' }
    ) {
        $given = @{ $Parameter = [WildcardPattern]::Escape('x[1]'); NetNamespace = $ns }
        (& $Command @given).InterfaceAlias | Should -BeExactly 'x[1]'
        $given.$Parameter = 'x[1]'
        (& $Command @given).InterfaceAlias | Should -BeExactly 'x1'
    }

    It 'takes the name of a piped object for no wildcard' {
        $adapter = Get-NetAdapter -NetNamespace $ns | Where-Object Name -EQ 'x[1]'
        ($adapter | Get-NetIPAddress).IPAddress | Should -Be '192.0.2.1'
        ($adapter | Get-NetAdapter).Name | Should -BeExactly 'x[1]'
        ($adapter | Get-NetIPAddress | Remove-NetIPAddress -PassThru).IPAddress | Should -Be '192.0.2.1'
        (Get-NetIPAddress -NetNamespace $ns -AddressFamily IPv4 -InterfaceAlias x*).IPAddress | Should -Be '192.0.2.2'
    }

    It 'acts on an object given as an argument, and on nothing that its text would match' {
        $name = "$ns*"
        $null = $name, "${ns}b" | ForEach-Object { New-NetNamespace $_ }
        try {
            $all = Get-NetNamespace
            Remove-NetNamespace ($all | Where-Object Name -EQ $name)
            (Get-NetNamespace "$ns*").Name | Sort-Object | Should -Be $ns, "${ns}b"
        }
        finally {
            Remove-NetNamespace ([WildcardPattern]::Escape($name)), "${ns}b" -ErrorAction Ignore
        }

        $address = Get-NetIPAddress 192.0.2.2 -NetNamespace $ns
        (Remove-NetIPAddress $address -PassThru).IPAddress | Should -Be '192.0.2.2'
        (Get-NetIPAddress -NetNamespace $ns -AddressFamily IPv4 -InterfaceAlias x*).IPAddress | Should -Be '192.0.2.1'
    }

    It 'notices that the name of a piped interface is another one''s by now' {
        $adapter = Get-NetAdapter x1 -NetNamespace $ns
        Invoke-Ip -n $ns link set x1 name y1
        Invoke-Ip -n $ns link add x1 type veth peer name x2
        { $adapter | New-NetIPAddress 198.51.100.1/24 -ErrorAction Stop } |
            Should -Throw -ErrorId 'InterfaceNotFound,*'
        { $adapter | Get-NetIPAddress -ErrorAction Stop } | Should -Throw -ErrorId 'InterfaceNotFound,*'
        { $adapter | Get-NetAdapter -ErrorAction Stop } | Should -Throw -ErrorId 'InterfaceNotFound,*'
    }

    It 'goes by the name and not by the index in another namespace' {
        $other = Get-FreshNamespace
        try {
            1..3 | ForEach-Object { Invoke-Ip -n $other link add "f$_" type veth peer name "g$_" }
            Invoke-Ip -n $other link add x1 type veth peer name x2
            Invoke-Ip -n $other address add 203.0.113.9/24 dev x1
            Invoke-Ip -n $other link set x1 up
            Invoke-Ip -n $ns link set x1 up
            Invoke-Ip -n $ns address add 203.0.113.9/24 dev x1
            $adapter = Get-NetAdapter x1 -NetNamespace $ns
            $there = Get-NetAdapter x1 -NetNamespace $other
            $there.ifIndex | Should -Not -Be $adapter.ifIndex
            ($adapter | Get-NetAdapter -NetNamespace $other).ifIndex | Should -Be $there.ifIndex
            ($adapter | Get-NetIPAddress -NetNamespace $other -AddressFamily IPv4).IPAddress | Should -Be '203.0.113.9'
            ($adapter | New-NetIPAddress 198.51.100.1/24 -NetNamespace $other).ifIndex | Should -Be $there.ifIndex
            Get-NetRoute 203.0.113.0/24 -NetNamespace $ns | Remove-NetRoute -NetNamespace $other
            Get-NetRoute 203.0.113.0/24 -NetNamespace $other -ErrorAction Ignore | Should -BeNullOrEmpty
            Get-NetRoute 203.0.113.0/24 -NetNamespace $ns | Should -HaveCount 1
            Get-NetIPAddress 203.0.113.9 -NetNamespace $ns | Remove-NetIPAddress -NetNamespace $other
            Get-NetIPAddress 203.0.113.9 -NetNamespace $other -ErrorAction Ignore | Should -BeNullOrEmpty
        }
        finally {
            Remove-IfThere $other
        }
    }

    It 'keeps control characters of a name from the terminal' {
        Invoke-Ip -n $ns link set x1 name "e$([char] 27)]x"
        $adapter = Get-NetAdapter -NetNamespace $ns | Where-Object Name -Like 'e*'
        $adapter.Name | Should -BeExactly "e$([char] 27)]x"
        $adapter | Out-String | Should -Not -Match '\x1b\]x'
        $fault = { Get-NetAdapter "q$([char] 27)x" -NetNamespace $ns -ErrorAction Stop } | Should -Throw -PassThru
        "$fault" | Should -Not -Match '\x1b'
        Remove-NetIPAddress 192.0.2.2 -NetNamespace $ns -Verbose 4>&1 | Out-String | Should -Not -Match '\x1b\]x'
    }
}
