BeforeDiscovery {
    . $PSScriptRoot/Support.ps1
    $obstacle = Get-Obstacle
}

Describe "NamespaceIdentity$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1

        # Gives the name to a new namespace with the same interface and address; with the inode number of the old one,
        # as most get it, unless somebody else takes that.
        function Invoke-Remake {
            $old = stat -Lc %i "/run/netns/$ns"
            for ($i = 0; $i -lt 3 -and ($i -eq 0 -or (stat -Lc %i "/run/netns/$ns") -ne $old); $i++) {
                Invoke-Ip netns del $ns
                Invoke-Ip netns add $ns
            }

            Invoke-Ip -n $ns link set lo up
            Invoke-Ip -n $ns link add v0 type veth peer name v1
            Invoke-Ip -n $ns address add 192.0.2.5/24 dev v0
            Get-Dump $ns
        }
    }

    BeforeEach {
        $ns = Get-FreshNamespace -Link -Address '192.0.2.5/24'
        Invoke-Ip -n $ns route add 198.51.100.0/24 via 192.0.2.1
    }

    AfterEach {
        Remove-IfThere $ns, "$PID"
    }

    Context 'a namespace made anew under the name' {
        It 'is not touched by <Change> of a <Noun>' -ForEach @(
            @{ Noun = 'NetRoute'; Key = '198.51.100.0/24'; Change = 'Remove-NetRoute' }
            @{ Noun = 'NetRoute'; Key = '198.51.100.0/24'; Change = 'Set-NetRoute -Mtu 1400' }
            @{ Noun = 'NetRoute'; Key = '198.51.100.0/24'; Change = 'New-NetRoute' }
            @{ Noun = 'NetIPAddress'; Key = '192.0.2.5'; Change = 'Remove-NetIPAddress' }
            @{ Noun = 'NetIPAddress'; Key = '192.0.2.5'; Change = 'New-NetIPAddress -Force' }
            @{ Noun = 'NetIPAddress'; Key = '192.0.2.5'; Change = 'Set-PointToPointGateway 192.0.2.1' }
            @{ Noun = 'NetAdapter'; Key = 'v0'; Change = 'New-NetIPAddress 192.0.2.9/24' }
            @{ Noun = 'NetAdapter'; Key = 'v0'; Change = 'New-NetRoute 203.0.113.0/24' }
            @{ Noun = 'NetAdapter'; Key = 'v0'; Change = 'New-EgressVeth eg0' }
        ) {
            $old = & "Get-$Noun" $Key -NetNamespace $ns
            $before = Invoke-Remake
            $fault = { Invoke-Expression "`$old | $Change -ErrorAction Stop" } |
                Should -Throw -ErrorId 'NetNamespaceChanged,*' -PassThru
            $fault.CategoryInfo.Category | Should -Be 'ResourceUnavailable'
            $fault.Exception.Message | Should -BeLike "*'$ns'*"
            Assert-Same $before (Get-Dump $ns)
        }

        It 'is not removed by an object of the first' {
            $old = Get-NetNamespace $ns
            $before = Invoke-Remake
            { $old | Remove-NetNamespace -ErrorAction Stop } | Should -Throw -ErrorId 'NetNamespaceChanged,*'
            Assert-Same $before (Get-Dump $ns)
        }

        It 'is not meant by an object''s text, but by an equal new one' {
            $old = Get-NetAdapter v0 -NetNamespace $ns
            $null = Invoke-Remake
            { Get-NetRoute -NetNamespace $old.NetNamespace -ErrorAction Stop } | Should -Throw -ErrorId 'NetNamespaceChanged,*'
            (Get-NetAdapter v0 -NetNamespace $ns).NetNamespace | Should -BeExactly $ns
            (Get-NetAdapter v0 -NetNamespace "$($old.NetNamespace)").NetNamespace | Should -BeExactly $ns
        }

        It 'is taken where it is named beside the object' {
            $old = Get-NetIPAddress 192.0.2.5 -NetNamespace $ns
            $null = Invoke-Remake
            ($old | New-NetIPAddress -NetNamespace $ns -Force).NetNamespace | Should -BeExactly $ns
        }

        It 'is not touched when it comes to be while <Change> asks' -ForEach @(
            @{ Change = 'Remove-NetNamespace'; Read = 'Get-NetNamespace'; Said = 'NetNamespaceChanged*' }
            @{ Change = 'Remove-NetRoute'; Read = 'Get-NetRoute 198.51.100.0/24 -NetNamespace'; Said = '*' }
        ) {
            $module = "$((Get-Module -Name EgressNet).ModuleBase)/EgressNet.psd1"
            $start = [System.Diagnostics.ProcessStartInfo]::new("$PSHOME/pwsh")
            $start.RedirectStandardInput = $start.RedirectStandardOutput = $true
            '-NoProfile', '-Command', "Import-Module '$module'; $Read $ns | $Change -Confirm 2>&1 | ForEach-Object FullyQualifiedErrorId" |
                ForEach-Object { $start.ArgumentList.Add($_) }
            $asking = [System.Diagnostics.Process]::Start($start)
            try {
                $text = ''
                while ($text -notlike '*`[Y`]*') {
                    $char = $asking.StandardOutput.Read()
                    $char | Should -BeGreaterOrEqual 0 -Because "it asks: $text"
                    $text += [char] $char
                }

                $before = Invoke-Remake
                $asking.StandardInput.WriteLine('Y')
                $said = ($asking.StandardOutput.ReadToEnd() -split "`n" -like 'Net*') -join ''
                $asking.WaitForExit()
                $said | Should -BeLike $Said
                Assert-Same $before (Get-Dump $ns)
            }
            finally {
                $asking.Dispose()
            }
        }

        It 'is meant by name, not by object, if made within a pipeline' {
            $second = { if ($_ -eq 2) { $null = Invoke-Remake } }
            $said = 1, 2 | ForEach-Object {
                . $second
                [pscustomobject]@{ IPAddress = "10.$_.0.1/16"; InterfaceAlias = 'v0'; NetNamespace = $ns }
            } | New-NetIPAddress
            $said.IPAddress | Should -Be '10.1.0.1', '10.2.0.1'
            $left = { (Invoke-Ip -n $ns -o -4 address show dev v0 | ForEach-Object { ($_ -split '\s+')[3] }) -join ' ' }
            & $left | Should -Be '192.0.2.5/24 10.2.0.1/16'
            $names = 1, 2 | ForEach-Object { . $second; [pscustomobject]@{ NetNamespace = $ns } } | Get-NetIPAddress 10.* -ErrorAction Ignore
            $names.IPAddress | Should -Be '10.2.0.1'

            Invoke-Ip -n $ns address add 10.2.0.1/16 dev v0
            $old = @{ 1 = Get-NetIPAddress 10.2.0.1 -NetNamespace $ns; 2 = Get-NetIPAddress 192.0.2.5 -NetNamespace $ns }
            $gone = 1, 2 | ForEach-Object { . $second; $old[$_] } |
                Remove-NetIPAddress -PassThru -ErrorVariable fault -ErrorAction SilentlyContinue
            $gone.IPAddress | Should -Be '10.2.0.1'
            $fault.FullyQualifiedErrorId | Should -BeLike 'NetNamespaceChanged,*'
            & $left | Should -Be '192.0.2.5/24'
        }

        It 'is told from the one that a file or a job remembers' {
            $stored = [System.Management.Automation.PSSerializer]::Serialize((Get-NetNamespace $ns))
            $old = [System.Management.Automation.PSSerializer]::Deserialize($stored)
            (Get-NetAdapter v0 -NetNamespace $old).Name | Should -Be 'v0'
            $null = Invoke-Remake
            { Get-NetAdapter v0 -NetNamespace $old -ErrorAction Stop } | Should -Throw -ErrorId 'NetNamespaceChanged,*'
        }
    }

    Context 'a name of digits' {
        It 'leads from an object to the namespace, never to the process' {
            Invoke-Ip netns add "$PID"
            $lo = Get-NetAdapter lo -NetNamespace "/run/netns/$PID"
            $lo.NetNamespace | Should -BeExactly "/run/netns/$PID"
            ($lo | Get-NetAdapter).Name | Should -Be 'lo'
            $lo | Get-NetIPAddress | Should -BeNullOrEmpty
            $stored = [System.Management.Automation.PSSerializer]::Serialize($lo)
            [System.Management.Automation.PSSerializer]::Deserialize($stored) | Get-NetIPAddress | Should -BeNullOrEmpty
            (Get-NetNamespace "$PID").Path | Should -BeExactly "/run/netns/$PID"
            (Get-NetNamespace "$PID" | Get-NetAdapter).NetNamespace | Should -BeExactly "/run/netns/$PID"
        }

        It 'is not guessed at where somebody types it' {
            (Get-NetAdapter lo -NetNamespace "$PID").NetNamespace | Should -BeExactly "/proc/$PID/ns/net"
            Invoke-Ip netns add "$PID"
            foreach ($digits in "$PID", $PID) {
                { Get-NetAdapter lo -NetNamespace $digits } |
                    Should -Throw "*'NetNamespace'*/run/netns/$PID or /proc/$PID/ns/net*"
            }
        }
    }

    Context 'what is no namespace' {
        It 'is told as such: <What>' -ForEach @(
            @{ What = 'a file'; Path = '/etc/passwd'; Id = 'NotANetNamespace'; Category = 'InvalidArgument' }
            @{ What = 'a device'; Path = '/dev/null'; Id = 'NotANetNamespace'; Category = 'InvalidArgument' }
            @{ What = 'another namespace'; Path = '/proc/self/ns/mnt'; Id = 'NotANetNamespace'; Category = 'InvalidArgument' }
            @{ What = 'a link to nowhere'; Path = ''; Id = 'NetNamespaceNotFound'; Category = 'ObjectNotFound' }
        ) {
            $file = if ($Path) { $Path } else { [System.IO.Path]::GetTempPath() + (Get-NewName) }
            if (-not $Path) {
                $null = [System.IO.File]::CreateSymbolicLink($file, '/no/such/place')
            }

            $fault = { Get-NetRoute -NetNamespace $file -ErrorAction Stop } |
                Should -Throw -ErrorId "$Id,*" -PassThru
            $fault.CategoryInfo.Category | Should -Be $Category
            $fault.Exception.Message | Should -BeLike "*'$file'*"
            if (-not $Path) {
                [System.IO.File]::Delete($file)
            }
        }
    }
}

Describe "NamespaceIdentity of a container$obstacle" -Skip:($obstacle -ne '') {
    BeforeAll {
        . $PSScriptRoot/Support.ps1
        . $PSScriptRoot/Node.ps1
        $node = Start-Node
    }

    AfterAll {
        Stop-Node $node
    }

    BeforeEach {
        $ns = Get-FreshNamespace
        Invoke-Node { $e = New-ContainerEgress a $using:ns 169.254.172.5/22 -Gateway 169.254.172.1 }
        # A process lives on in the namespace when its name goes.
        $start = [System.Diagnostics.ProcessStartInfo]::new('ip')
        $start.RedirectStandardOutput = $true
        foreach ($word in 'netns', 'exec', $ns, 'sh', '-c', 'echo in; exec sleep 600') {
            $start.ArgumentList.Add($word)
        }

        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardOutput.ReadLine() | Should -Be 'in'
        Invoke-Ip netns del $ns
        Invoke-Ip netns add $ns
        $before = Get-NodeDump $ns
    }

    AfterEach {
        $process.Kill()
        $process.WaitForExit()
        Invoke-Node { Get-ContainerEgress | Remove-ContainerEgress -ErrorAction Ignore }
        Remove-IfThere $ns
    }

    It 'spares a running container when its name moves on: <_>' -ForEach @(
        { $e | Repair-ContainerEgress }, { $e | Test-ContainerEgress | Repair-ContainerEgress }
        { Repair-ContainerEgress -InputObject $e -Confirm:$false }
    ) {
        $fault = Assert-NodeFault $_ NetNamespaceChanged ResourceUnavailable
        "$fault" | Should -BeLike "*'$ns'*"
        Assert-Same $before (Get-NodeDump $ns)
    }

    It 'finds it in a test' {
        Invoke-Node { ($e | Test-ContainerEgress).InDesiredState } | Should -BeFalse
        Invoke-Node { "$(($e | Test-ContainerEgress).Findings)" } | Should -BeExactly "NetNamespace of egress/a/eg0: another one of that name, not $ns"
    }

    It 'binds no other cmdlet to the new namespace' {
        $null = Assert-NodeFault { $e | Get-NetRoute } NetNamespaceChanged ResourceUnavailable
    }
}
